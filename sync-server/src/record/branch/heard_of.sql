select branch from returned_envelope where branch = ?1
union all select branch from lost where branch = ?1
union all select id from branch where id = ?1
