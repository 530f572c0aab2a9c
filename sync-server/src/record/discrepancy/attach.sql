update discrepancy set settlement = (
    select s.id from settlement s
    where s.site = discrepancy.site and s.date = discrepancy.date and s.activity = discrepancy.activity
        and s.child = discrepancy.child and s.kind = discrepancy.kind and s.evidence = discrepancy.evidence
        and s.undone_seq is null
    order by s.seq limit 1)
where date = ?1
