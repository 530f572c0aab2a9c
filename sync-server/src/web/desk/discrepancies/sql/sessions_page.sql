select d.site, d.date, d.activity, d.ends_at, d.booked, d.present, w.reason
from discrepancy_session d
join site s on s.id = d.site
left join session_waiver w on w.site = d.site and w.date = d.date and w.activity = d.activity
where d.date between ?1 and ?2
    and (cast(?3 as bigint) = 1 or d.site = ?4)
    and (cast(?5 as bigint) = 1 or d.activity = ?6)
    and (cast(?7 as bigint) = 1 or d.site in (select a.site from agent_site a where a.agent = ?8))
order by d.date desc, s.name, s.id, d.sort_key
limit ?9 offset ?10
