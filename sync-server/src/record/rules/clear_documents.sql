delete from child_document where child = ?1
