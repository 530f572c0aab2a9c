select encoded from notice
where guardian = ?1 and at < ?2
order by at desc, id desc
limit ?3
