insert into withdrawal (encoded) values (?1) on conflict do nothing
