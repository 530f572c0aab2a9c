select site, date, covered_digest from sheet where covered_digest is not null
