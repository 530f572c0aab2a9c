select to_store, at, branch, tables, row_count, marks, entries, head from moved where id = 1
