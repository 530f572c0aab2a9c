select encoded, version, written_at from town_text
where kind = ?1 and removed = 0 and shown_from <= ?2 and (until_at is null or until_at > ?2)
order by pinned desc, shown_from desc nulls last, version desc nulls last
