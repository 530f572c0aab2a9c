insert into recovery_waived (branch, device, reason, seq) values (?1, ?2, ?3, ?4)
