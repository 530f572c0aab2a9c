update wish set state = 'accepted', changed_at = ?5, version = ?6
where child = ?1 and activity = ?2 and site = ?3 and date = ?4 and kind in ('add', 'wait') and state in ('open', 'offered')
