select site from device_site where device = ?1 order by site
