insert into staff_site (staff, site) values (?1, ?2)
