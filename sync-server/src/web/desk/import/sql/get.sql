select file_name, content, choices from import_draft where token = ?1 and agent = ?2 and made_at > ?3
