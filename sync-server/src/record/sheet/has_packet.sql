select nth from sheet_change where site = ?1 and date = ?2 and form = 1 and bytes = ?3
