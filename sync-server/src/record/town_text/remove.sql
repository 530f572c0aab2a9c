update town_text set removed = 1, version = ?2 where id = ?1
