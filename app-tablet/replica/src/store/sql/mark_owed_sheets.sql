-- `state <> 1` says nothing new: it is the condition of the index that holds what is owed, and lets it be used.
select distinct site, date from mark where state = 0 and state <> 1 order by date, site
