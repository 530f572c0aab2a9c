insert into child_badge (child, place, kind, words) values (?1, ?2, ?3, ?4)
