select staff, site from staff_site order by staff, site
