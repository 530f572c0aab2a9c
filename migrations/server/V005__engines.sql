-- What lets one commune lie in either engine, under several processes and two versions of the
-- program. None of it is record: `lineage` and `schema_floor` say where the store lies and who may
-- use it, `lease` is lost in a fire without harm.

-- The database server that the current branch was written by: its system identifier and timeline.
-- Another one means that history may have been cut. Empty in a file.
create table lineage (
    id bigint primary key,
    system text not null,
    timeline bigint not null
);

-- The oldest program that may use this store, by the number of its newest migration. A migration
-- that takes something away raises it; one that only adds leaves it alone.
create table schema_floor (
    id bigint primary key,
    oldest bigint not null
);

insert into schema_floor (id, oldest) values (1, 1);

-- Who runs a job now. `token` grows with every holder: what a holder that was overtaken still
-- writes is told by its older token.
create table lease (
    job text primary key,
    holder bytea not null,
    token bigint not null,
    until bigint not null,
    done_at bigint
);
