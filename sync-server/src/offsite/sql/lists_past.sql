delete from offsite_list where date < ?1
