select s.seq, s.name, s.state, s.message, s.at, s.actor, j.kind
from capability_switch s
join journal j on j.seq = s.seq
order by s.seq desc, s.name
limit ?1
