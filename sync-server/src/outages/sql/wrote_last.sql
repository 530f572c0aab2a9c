select received_at from journal where received_at < ?1 and channel <> 'command' order by seq desc limit 1
