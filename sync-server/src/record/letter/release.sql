update letter set branch = ?2, merged = 0, fate = 'queued', fate_at = ?3, detail = '' where id = ?1
