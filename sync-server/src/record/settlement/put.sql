insert into settlement (id, site, date, activity, child, kind, evidence, decision, detail, note, at, actor, seq)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
