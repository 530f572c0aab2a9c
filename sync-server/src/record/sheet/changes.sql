select form, bytes from sheet_change
where site = ?1 and date = ?2 and seq > ?3 and (device <> ?4 or seq <= ?5) order by seq, nth
