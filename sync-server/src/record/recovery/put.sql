insert into recovery (branch, cause, source, restored_to, began_at, began_seq, withdrawals_read, version)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?6)
