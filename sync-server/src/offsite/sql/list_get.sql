select seq, digest from offsite_list where site = ?1 and date = ?2
