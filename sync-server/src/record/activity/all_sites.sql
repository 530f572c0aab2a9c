select activity, site from activity_site order by activity, site
