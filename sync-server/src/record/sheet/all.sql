select site, date, digest, marks from sheet order by site, date
