select body, seq from journal
where kind = 'put_child' and body is not null and seq < ?1 and seq > ?2
order by seq
limit 500
