insert into commune (id, slug, name, zone, label, version) values (1, ?1, ?2, ?3, ?4, ?5)
