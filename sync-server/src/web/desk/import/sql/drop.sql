delete from import_draft where token = ?1 and agent = ?2
