insert into text_accepted (guardian, town_text, edition, at) values (?1, ?2, ?3, ?4)
on conflict (guardian, town_text, edition) do nothing
