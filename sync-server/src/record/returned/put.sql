insert into returned_envelope (hash, kind, site, date, branch, branch_seq, device, received_at, encoded, seq)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
