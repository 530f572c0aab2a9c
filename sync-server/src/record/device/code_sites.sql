select site from tablet_code_site where code = ?1 order by site
