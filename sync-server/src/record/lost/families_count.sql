select count(*) from lost
where kind in ('reserve', 'cancel_reservations', 'take_back_reservations')
and (fate = 'applied' or (fate = 'to_settle' and (entry_seq is not null or settled = 'take')))
