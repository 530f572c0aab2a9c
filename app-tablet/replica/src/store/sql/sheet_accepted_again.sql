update sheet set accepted_at = ?1
