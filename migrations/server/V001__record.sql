-- The record of one commune. Written by the corridor only (sync-server/src/corridor).
-- Portable: text, bigint and bytea mean the same to SQLite and PostgreSQL. Ids are 16 bytes,
-- instants UTC milliseconds, civil dates 'YYYY-MM-DD', times of day minutes, booleans 0 or 1.

create table branch (
    id bytea primary key,
    parent bytea,
    fork_seq bigint,
    fork_hash bytea,
    born_at bigint not null,
    is_current bigint not null
);

create table journal (
    seq bigint primary key,
    branch bytea not null,
    operation bytea not null unique,
    at bigint not null,
    received_at bigint not null,
    actor bytea not null,
    channel text not null,
    kind text not null,
    seen bigint,
    salt bytea,
    body bytea,
    outcome bytea not null,
    commitment bytea not null,
    origin bytea,
    previous_hash bytea not null,
    hash bytea not null
);

create table commune (
    id bigint primary key,
    slug text not null,
    name text not null,
    zone text not null,
    label text not null,
    version bigint not null
);

create table school (
    id bytea primary key,
    name text not null,
    kind text not null,
    half_days bigint not null,
    starts bigint not null,
    ends bigint not null,
    version bigint not null
);

create table site (
    id bytea primary key,
    slug text not null unique,
    name text not null,
    school bytea,
    phone text,
    version bigint not null
);

create table class (
    id bytea primary key,
    school bytea not null references school (id),
    name text not null,
    level text not null,
    version bigint not null
);

create table service (
    id bytea primary key,
    slug text not null unique,
    name text not null,
    version bigint not null
);

create table activity (
    id bytea primary key,
    slug text not null unique,
    name text not null,
    service bytea not null references service (id),
    mode text not null,
    weekdays bigint not null,
    opens bigint not null,
    closes bigint not null,
    version bigint not null
);

create table activity_site (
    activity bytea not null references activity (id),
    site bytea not null references site (id),
    primary key (activity, site)
);

create table formula (
    id bytea primary key,
    activity bytea not null references activity (id),
    slug text not null,
    name text not null,
    place bigint not null,
    unique (activity, slug)
);

create table staff (
    id bytea primary key,
    name text not null,
    role text not null,
    version bigint not null
);

create table staff_site (
    staff bytea not null references staff (id),
    site bytea not null references site (id),
    primary key (staff, site)
);

create table household (
    id bytea primary key,
    name text not null,
    version bigint not null
);

create table guardian (
    id bytea primary key,
    household bytea not null references household (id),
    first_name text not null,
    last_name text not null,
    email text,
    phone text,
    login text unique,
    phc text
);

create table child (
    id bytea primary key,
    first_name text not null,
    last_name text not null,
    born text not null,
    school bytea references school (id),
    class bytea references class (id),
    must_know text,
    phone text,
    search_key text not null,
    sort_key text not null,
    version bigint not null
);

create table child_household (
    child bytea not null references child (id),
    household bytea not null references household (id),
    primary key (child, household)
);

create table child_badge (
    child bytea not null references child (id),
    place bigint not null,
    kind bigint not null,
    words text not null,
    primary key (child, place)
);

create table reservation (
    id bytea primary key,
    child bytea not null references child (id),
    activity bytea not null references activity (id),
    site bytea not null references site (id),
    date text not null,
    formula bytea,
    group_name text,
    sitting bigint,
    table_name text,
    expected_in bigint,
    expected_out bigint,
    comes_from text,
    goes_to text,
    cancelled_at bigint,
    version bigint not null
);

-- One reservation stands at a time for a child, an activity, a site and a date.
create unique index reservation_standing on reservation (date, site, activity, child) where cancelled_at is null;
create index reservation_of_child on reservation (child, date);

create table agent (
    id bytea primary key,
    email text not null unique,
    name text not null,
    role text not null,
    phc text,
    version bigint not null
);

create table agent_link (
    token bytea primary key,
    agent bytea not null references agent (id),
    branch bytea not null,
    expires_at bigint not null,
    used_at bigint
);

create table tablet_code (
    code bytea primary key,
    branch bytea not null,
    expires_at bigint not null,
    used_by bytea
);

create table tablet_code_site (
    code bytea not null references tablet_code (code),
    site bytea not null references site (id),
    primary key (code, site)
);

create table device (
    id bytea primary key,
    public_key bytea not null,
    name text not null,
    since bigint not null
);

create table device_site (
    device bytea not null references device (id),
    site bytea not null,
    primary key (device, site)
);

create table withdrawal (
    kind text not null,
    subject bytea not null,
    at bigint not null,
    encoded bytea not null,
    seq bigint not null,
    primary key (kind, subject)
);

create table addresses (
    id bigint primary key,
    encoded bytea not null,
    seq bigint not null
);

-- One row per value of a mark: a second value under one id keeps its place beside the first.
create table mark (
    site bytea not null,
    date text not null,
    id bytea not null,
    nth bigint not null,
    value bytea not null,
    device bytea not null,
    handed_in_by bytea not null,
    returned bigint not null,
    seq bigint not null,
    primary key (site, date, id, nth)
);

create table quarantine (
    hash bytea primary key,
    device bytea not null,
    site bytea not null,
    date text not null,
    reason text not null,
    payload bytea not null,
    received_at bigint not null,
    seq bigint not null
);
