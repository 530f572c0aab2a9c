select date, max(seq) from touched where kind = 'day' and date between ?1 and ?2 group by date
