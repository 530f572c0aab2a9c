select count(*) from (select distinct id from mark) as ids
