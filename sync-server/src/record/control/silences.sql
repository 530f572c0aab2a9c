select from_at, until_at from silence where until_at > ?1 order by from_at
