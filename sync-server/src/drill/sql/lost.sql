select body, settled from lost where fate = 'to_settle' order by branch, lost_seq, lost_hash
