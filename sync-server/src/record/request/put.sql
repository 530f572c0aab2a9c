insert into request (id, guardian, kind, about_child, title, state, at, changed_at, version)
values (?1, ?2, ?3, ?4, ?5, 'open', ?6, ?6, ?7)
