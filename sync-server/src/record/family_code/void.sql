update family_code set voided_at = ?3 where child = ?1 and household = ?2 and used_at is null and voided_at is null
