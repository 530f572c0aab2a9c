insert into moved (id, to_store, at, branch, tables, row_count, marks, entries, head)
values (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
