-- The tablet's own copy. The file is encrypted as a whole; its key lies outside it.

create table meta (
    key text primary key,
    value blob not null
);

-- The record: one row per value of a mark. state: 0 no receipt, 1 accepted, 2 set aside by the server.
create table mark (
    site blob not null,
    date text not null,
    id blob not null,
    nth integer not null,
    value blob not null,
    own integer not null,
    device_seq integer not null,
    state integer not null,
    accepted_seq integer not null default 0,
    primary key (site, date, id, nth)
) without rowid;

create index mark_by_id on mark (id);
create index mark_own on mark (own, device_seq);
create index mark_owed on mark (state) where state <> 1;

-- The sheet as it was last saved, and the changes since: derived from the marks.
create table sheet (
    site blob not null,
    date text not null,
    saved blob,
    server_heads blob,
    covered_digest blob,
    primary key (site, date)
) without rowid;

create table sheet_change (
    site blob not null,
    date text not null,
    n integer not null,
    bytes blob not null,
    primary key (site, date, n)
) without rowid;

-- Documents that could not be kept, as they were: for support.
create table sheet_aside (
    site blob not null,
    date text not null,
    at integer not null,
    bytes blob not null
);

-- Signed data of the server. Lists of other branches are kept as proof.
create table envelope (
    kind integer not null,
    site blob not null,
    date text not null,
    branch blob not null,
    seq integer not null,
    bytes blob not null,
    primary key (kind, site, date, branch)
) without rowid;

create table withdrawal (
    encoded blob primary key
) without rowid;
