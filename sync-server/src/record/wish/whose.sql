select child, activity, date, of_guardian, for_household, kind, state, offered_until, words from wish where id = ?1
