select to_guardian, address, fate from letter where batch = ?1 and fate in ('bounced', 'given_up', 'held') order by id
