select cast(count(*) as bigint) from settlement d
where d.date between ?1 and ?2 and d.undone_seq is null
    and (cast(?3 as bigint) = 1 or d.site = ?4)
    and (cast(?5 as bigint) = 1 or d.activity = ?6)
    and (cast(?7 as bigint) = 1 or d.kind = ?8)
    and (cast(?9 as bigint) = 1 or d.site in (select a.site from agent_site a where a.agent = ?10))
