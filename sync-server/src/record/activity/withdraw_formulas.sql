update formula set place = -1 where activity = ?1
