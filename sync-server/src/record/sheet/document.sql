select heads, derived_seq from sheet_document where site = ?1 and date = ?2
