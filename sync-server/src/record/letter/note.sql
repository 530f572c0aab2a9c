update letter set fate = ?2, fate_at = ?3, detail = ?4 where id = ?1
