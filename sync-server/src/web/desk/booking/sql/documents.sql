select kind, valid_until from child_document where child = ?1 order by kind
