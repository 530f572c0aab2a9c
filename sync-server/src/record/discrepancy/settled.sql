select x.date, max(x.seq) from (
    select date, seq from settlement where date between ?1 and ?2
    union all
    select date, undone_seq as seq from settlement where date between ?1 and ?2 and undone_seq is not null) x
group by x.date
