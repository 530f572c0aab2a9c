select device, site, cast(count(*) as bigint), max(received_at) from returned_envelope
where kind = 'day_list' and seq > ?1
group by device, site
order by device, site
