-- The host's list of communes. Everything else about a commune is in its own store.
create table commune (
    slug text primary key,
    name text not null,
    created_at bigint not null
);
