select cast(count(*) as bigint) from discrepancy_session d
where d.date between ?1 and ?2
    and (cast(?3 as bigint) = 1 or d.site = ?4)
    and (cast(?5 as bigint) = 1 or d.activity = ?6)
    and (cast(?7 as bigint) = 1 or d.site in (select a.site from agent_site a where a.agent = ?8))
