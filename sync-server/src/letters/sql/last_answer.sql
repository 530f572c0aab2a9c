select fate from letter
where address = ?1 and fate in ('sent', 'bounced')
order by fate_at desc nulls last, id desc
limit 1
