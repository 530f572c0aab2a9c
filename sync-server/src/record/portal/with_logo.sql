select p.encoded, p.version, l.version, l.words from (select cast(1 as bigint) as id) one
left join portal p on p.id = one.id
left join logo l on l.id = one.id
