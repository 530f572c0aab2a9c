update guardian set login = null, phc = null, second_factor = null, identity = null, activated_at = null,
    deleted_at = null
where id = ?1
