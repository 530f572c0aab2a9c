select x.date, max(x.seq) from (
    select date, changed_seq as seq from sheet where date between ?1 and ?2
    union all
    select date, seq from touched where kind = 'day' and date between ?1 and ?2) x
group by x.date
