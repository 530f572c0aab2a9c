select site, activity, child, kind, evidence, detail, settlement from discrepancy
where date = ?1 order by site, activity, child, kind
