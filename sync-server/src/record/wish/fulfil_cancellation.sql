update wish set state = 'accepted', changed_at = ?2, version = ?3
where about_reservation = ?1 and kind = 'cancel' and state = 'open'
