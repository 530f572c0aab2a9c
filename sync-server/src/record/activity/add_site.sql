insert into activity_site (activity, site) values (?1, ?2)
