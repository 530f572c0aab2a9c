insert into quarantine (hash, device, site, date, reason, payload, received_at, seq) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
