select body from journal
where kind = 'put_exceptional_day' and body is not null and seq < ?1
order by seq desc
