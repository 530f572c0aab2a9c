delete from staff_site where staff = ?1
