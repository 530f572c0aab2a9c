update sheet set accepted_at = ?1 where accepted_at is null
