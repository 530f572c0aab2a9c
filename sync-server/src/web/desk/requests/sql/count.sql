select cast(count(*) as bigint) from request
where (cast(?1 as text) = '' or state = ?1) and (cast(?2 as text) = '' or kind = ?2)
