insert into tablet_code_site (code, site) values (?1, ?2)
