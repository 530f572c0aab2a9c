select child, kind, words from child_badge where child = ?1 order by place
