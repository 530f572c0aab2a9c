select id from reservation
where pay_until is not null and pay_until < ?1 and paid_at is null and cancelled_at is null
order by id
