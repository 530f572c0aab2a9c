select body, settled from lost where fate = 'to_settle' order by lost_seq, lost_hash
