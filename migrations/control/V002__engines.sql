-- Where a commune went, for those who still ask here; which program may use this list; jobs of the
-- host.
alter table commune add column moved_to text;
alter table commune add column moved_at bigint;

create table lineage (
    id bigint primary key,
    system text not null,
    timeline bigint not null
);

create table schema_floor (
    id bigint primary key,
    oldest bigint not null
);

insert into schema_floor (id, oldest) values (1, 1);

create table lease (
    job text primary key,
    holder bytea not null,
    token bigint not null,
    until bigint not null,
    done_at bigint
);
