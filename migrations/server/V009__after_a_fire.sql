-- What is off-site, and what a commune knows of its returns from a loss.

-- How far the journal is off-site. Ephemera: looked up at the target again.
create table offsite (
    id bigint primary key,
    target text not null,
    -- The newest entry read back from there, of this branch.
    branch bytea,
    seq bigint not null,
    hash bytea,
    verified_at bigint,
    -- The newest snapshot read back from there, and when the oldest that can still be restored was made.
    snapshot_seq bigint,
    snapshot_at bigint,
    oldest_at bigint,
    -- The set of withdrawals that was read back last.
    withdrawals bytea,
    tried_at bigint,
    failing_since bigint,
    error text,
    -- Objects at the target that are none of ours, or cannot be read.
    strange bigint not null default 0
);

-- What of the service is open; without a row it is.
create table capability (
    name text primary key,
    state text not null,
    message text not null,
    since bigint not null,
    version bigint not null
);

-- Every return from a loss, by the branch that began with it.
create table recovery (
    branch bytea primary key,
    cause text not null,
    source text not null,
    -- When the newest entry that came back had been received.
    restored_to bigint,
    began_at bigint not null,
    began_seq bigint not null,
    withdrawals_read bigint not null,
    signed_off_at bigint,
    signed_off_by bytea,
    note text,
    version bigint not null
);

-- Whom a person confirmed when the withdrawals could not be read.
create table recovery_confirmed (
    branch bytea not null,
    kind text not null,
    subject bytea not null,
    seq bigint not null,
    primary key (branch, kind, subject)
);

-- Tablets that are waited for no longer.
create table recovery_waived (
    branch bytea not null,
    device bytea not null,
    reason text not null,
    seq bigint not null,
    primary key (branch, device)
);

-- Signed data of a lost branch that tablets handed back, as it was.
create table returned_envelope (
    hash bytea primary key,
    kind text not null,
    site bytea not null,
    date text not null,
    branch bytea not null,
    branch_seq bigint not null,
    device bytea not null,
    received_at bigint not null,
    encoded bytea not null,
    seq bigint not null
);

create index returned_envelope_of on returned_envelope (kind, site, date);

-- Up to where a tablet said that it and the server hold the same.
alter table device_contact add column agreed_branch bytea;
alter table device_contact add column agreed_seq bigint;
alter table device_contact add column agreed_at bigint;
