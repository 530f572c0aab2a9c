update recovery set signed_off_at = ?2, signed_off_by = ?3, note = ?4, version = ?5 where branch = ?1
