update import_draft set choices = ?3 where token = ?1 and agent = ?2
