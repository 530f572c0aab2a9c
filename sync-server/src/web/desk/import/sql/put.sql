insert into import_draft (token, agent, file_name, content, choices, made_at) values (?1, ?2, ?3, ?4, ?5, ?6)
