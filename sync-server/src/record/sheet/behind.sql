select s.site, s.date from sheet s left join sheet_document d on d.site = s.site and d.date = s.date
where d.derived_seq is null or d.derived_seq < s.changed_seq order by s.date, s.site limit ?1
