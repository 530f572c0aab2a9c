select l.kind, j.body, l.settled, l.body
from lost l left join journal j on j.seq = l.entry_seq
where l.kind in ('reserve', 'cancel_reservations', 'take_back_reservations')
and (l.fate = 'applied' or (l.fate = 'to_settle' and (l.entry_seq is not null or l.settled = 'take')))
order by l.noted_seq desc, l.lost_seq desc limit ?1
