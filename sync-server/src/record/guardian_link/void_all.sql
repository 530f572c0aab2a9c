update guardian_link set voided_at = ?2 where guardian = ?1 and used_at is null and voided_at is null
