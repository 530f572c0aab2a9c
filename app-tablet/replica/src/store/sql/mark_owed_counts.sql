-- `+own`: the index of what is owed, and not that of all own marks.
select coalesce(sum(state = 0), 0), coalesce(sum(state = 2), 0) from mark where state <> 1 and +own = 1
