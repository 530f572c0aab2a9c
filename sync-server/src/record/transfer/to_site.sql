select t.child, t.from_site, t.at, s.name from transfer t join site s on s.id = t.from_site
where t.to_site = ?1 and t.date = ?2
    and not exists (
        select 1 from transfer n
        where n.child = t.child and n.date = t.date and n.from_site = t.from_site and n.mark > t.mark
    )
order by t.from_site, t.child
