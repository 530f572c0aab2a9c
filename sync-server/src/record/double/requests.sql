update request set about_child = ?1 where about_child = ?2
