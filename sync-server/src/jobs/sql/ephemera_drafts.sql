delete from import_draft where made_at < ?1
