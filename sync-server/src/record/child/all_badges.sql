select child, kind, words from child_badge order by child, place
