-- Where a commune went, in the store that it left: written in the transaction that seals the store,
-- so that a move that was cut short is finished and never begun anew. Belongs to the place, and is
-- never copied.
create table moved (
    id bigint primary key,
    to_store text not null,
    at bigint not null,
    branch bytea not null,
    tables bigint not null,
    row_count bigint not null,
    marks bigint not null,
    entries bigint not null,
    head bytea not null
);
