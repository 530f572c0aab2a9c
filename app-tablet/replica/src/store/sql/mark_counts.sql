select
    coalesce(sum(own = 1 and state = 0), 0),
    coalesce(sum(own = 1 and state = 1 and not (accepted_seq > 0 and accepted_seq <= ?1)), 0),
    coalesce(sum(own = 1 and state = 1 and accepted_seq > 0 and accepted_seq <= ?1), 0),
    coalesce(sum(own = 1 and state = 2), 0)
from mark
