insert into device_site (device, site) values (?1, ?2)
