insert into handed_back (hash, branch) values (?1, ?2) on conflict do nothing
