select kind, made_at, actor, why from lost where fate = 'listed' order by noted_seq desc, lost_seq desc limit ?1
