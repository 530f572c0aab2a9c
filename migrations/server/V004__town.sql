-- What a town sets up and what its days bring: retired places, PINs, calendars, exceptional days,
-- recognised children, transfers; and, lost in a fire without harm, contacts of tablets and
-- imports in the making.

alter table school add column retired bigint not null default 0;
alter table site add column retired bigint not null default 0;
alter table site add column nursery bigint not null default 0;
alter table class add column retired bigint not null default 0;
alter table service add column retired bigint not null default 0;
alter table activity add column retired bigint not null default 0;
alter table activity add column capacity bigint;
alter table formula add column meal text not null default 'none';
alter table staff add column until_date text;
alter table staff add column pin text;
alter table guardian add column authority text not null default 'full';
alter table guardian add column search_key text not null default '';
alter table child add column symbol_colour bigint;
alter table child add column symbol_shape bigint;
alter table child add column health text;
alter table child add column reference text;
alter table child add column left_on text;
alter table quarantine add column settled text;
alter table quarantine add column settled_seq bigint;

create index guardian_of_household on guardian (household);

-- A director's sites; the other roles reach all of them.
create table agent_site (
    agent bytea not null references agent (id),
    site bytea not null references site (id),
    primary key (agent, site)
);

create table calendar (
    id bigint primary key,
    encoded bytea not null,
    version bigint not null
);

-- `encoded` is the whole ExceptionalDayRecord; the columns beside it are what is searched by.
create table exceptional_day (
    id bytea primary key,
    from_date text not null,
    until_date text,
    encoded bytea not null,
    version bigint not null
);

-- A child pointed as unknown, and who it is.
create table alias (
    unknown_child bytea primary key,
    child bytea not null references child (id),
    seq bigint not null
);

-- Standing marks that send a child to another site for the rest of a day: derived from `mark`.
create table transfer (
    mark bytea primary key,
    child bytea not null,
    date text not null,
    from_site bytea not null,
    to_site bytea not null,
    at bigint not null
);

create index transfer_to on transfer (to_site, date);
create index transfer_of on transfer (child, date);

-- Where and when a child was pointed as unknown: derived from `mark`.
create table stranger (
    mark bytea primary key,
    child bytea not null,
    site bytea not null,
    date text not null
);

create index stranger_of on stranger (child);
create index stranger_at on stranger (site, date);

-- Ephemera.

create table device_contact (
    device bytea primary key,
    last_at bigint not null,
    version text,
    owed bigint
);

create table import_draft (
    token bytea primary key,
    agent bytea not null,
    file_name text not null,
    content bytea not null,
    choices text not null,
    made_at bigint not null
);
