select saved, server_heads, covered_digest from sheet where site = ?1 and date = ?2
