select seq, kind from journal where seq > ?1 and (channel = 'job' or kind = 'take_back_reservations') order by seq
