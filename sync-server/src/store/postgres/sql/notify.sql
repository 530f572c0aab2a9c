select pg_notify('preau', slug) from unnest(cast($1 as text[])) as slug
