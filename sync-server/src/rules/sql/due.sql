select cast(1 as bigint)
where exists (select 1 from wish where kind = 'wait' and state = 'open' and date >= ?2)
or exists (select 1 from wish where state = 'offered' and offered_until <= ?1)
or exists (select 1 from wish where state in ('open', 'offered') and date < ?2)
or exists (
    select 1 from reservation
    where pay_until is not null and pay_until < ?1 and paid_at is null and cancelled_at is null)
