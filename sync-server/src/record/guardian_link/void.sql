update guardian_link set voided_at = ?3 where guardian = ?1 and purpose = ?2 and used_at is null and voided_at is null
