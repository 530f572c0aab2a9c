-- What can be made again from the record: sheets, and what changed since when for tablets.

create table sheet (
    site bytea not null,
    date text not null,
    saved bytea not null,
    heads bytea not null,
    digest bytea not null,
    marks bigint not null,
    changed_seq bigint not null,
    whole_since bigint not null,
    primary key (site, date)
);

-- Changes of a sheet as they came, since its seq `whole_since`: what other tablets lack.
create table sheet_change (
    site bytea not null,
    date text not null,
    seq bigint not null,
    nth bigint not null,
    device bytea not null,
    bytes bytea not null,
    primary key (site, date, seq, nth)
);

create index sheet_changed on sheet (changed_seq);

-- The journal entry that last changed a piece of server-owned data.
create table touched (
    kind text not null,
    site bytea not null,
    date text not null,
    seq bigint not null,
    primary key (kind, site, date)
);
