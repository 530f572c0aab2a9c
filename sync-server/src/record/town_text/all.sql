select encoded, version, written_at from town_text where removed = 0 order by kind, shown_from desc nulls first, version desc nulls last
