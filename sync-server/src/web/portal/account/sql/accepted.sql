select t.title, a.edition, a.at from text_accepted a
join town_text t on t.id = a.town_text
where a.guardian = ?1
order by a.at, t.id
