insert into child_document (child, kind, valid_until) values (?1, ?2, ?3)
