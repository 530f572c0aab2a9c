select d.site, d.date, d.activity, d.child, d.kind, d.id, d.detail, c.last_name, c.first_name,
    d.seq, d.at, d.actor, d.decision, d.note
from settlement d
join site s on s.id = d.site
left join child c on c.id = d.child
where d.date between ?1 and ?2 and d.undone_seq is null
    and (cast(?3 as bigint) = 1 or d.site = ?4)
    and (cast(?5 as bigint) = 1 or d.activity = ?6)
    and (cast(?7 as bigint) = 1 or d.kind = ?8)
    and (cast(?9 as bigint) = 1 or d.site in (select a.site from agent_site a where a.agent = ?10))
order by d.seq desc, d.date, s.name, s.id, c.sort_key nulls first, d.id
limit ?11 offset ?12
