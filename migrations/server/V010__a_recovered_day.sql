-- A lost history is found again and merged; incidents, discrepancies and outages are worked on.

-- Of a merged entry: when the server that was lost had received it.
alter table journal add column first_received_at bigint;

-- Runs of a merge that found something missing.
create table merge (
    seq bigint primary key,
    source text not null,
    end_branch bytea not null,
    end_seq bigint not null,
    entries bigint not null,
    began_at bigint not null,
    actor bytea not null
);

-- Every entry of a lost history that was not here: what became of it.
create table lost (
    branch bytea not null,
    lost_seq bigint not null,
    lost_hash bytea not null,
    operation bytea not null,
    made_at bigint not null,
    received_at bigint not null,
    actor bytea not null,
    channel text not null,
    kind text not null,
    -- applied, already_there, to_settle, listed.
    fate text not null,
    -- The entry of this journal by which it, or a part of it, was written.
    entry_seq bigint,
    -- What is still open of it.
    body bytea,
    why text not null,
    noted_seq bigint not null,
    settled text,
    settled_at bigint,
    settled_by bytea,
    settled_note text,
    settled_seq bigint,
    primary key (branch, lost_seq, lost_hash)
);

create index lost_of_fate on lost (fate, settled);
create index lost_of_operation on lost (operation);

create table incident_post (
    id bytea primary key,
    published_at bigint not null,
    title text not null,
    words text not null,
    is_over bigint not null,
    removed bigint not null,
    version bigint not null
);

-- Every time a part of the service was opened or closed.
create table capability_switch (
    seq bigint not null,
    name text not null,
    state text not null,
    message text not null,
    at bigint not null,
    actor bytea not null,
    primary key (seq, name)
);

-- What the town hall decided of discrepancies.
create table settlement (
    id bytea primary key,
    site bytea not null,
    date text not null,
    activity bytea not null,
    -- Empty where the list is meant.
    child bytea not null,
    kind text not null,
    evidence bytea not null,
    decision text not null,
    -- The decision, encoded.
    detail bytea not null,
    note text not null,
    at bigint not null,
    actor bytea not null,
    seq bigint not null,
    undone_at bigint,
    undone_by bytea,
    undone_reason text,
    undone_seq bigint
);

create index settlement_of_day on settlement (site, date, activity, child, kind);
create index settlement_of_date on settlement (date);

-- Sessions that are billed though something in them is owed or open.
create table session_waiver (
    site bytea not null,
    date text not null,
    activity bytea not null,
    reason text not null,
    at bigint not null,
    actor bytea not null,
    seq bigint not null,
    primary key (site, date, activity)
);

create table outage (
    id bytea primary key,
    from_at bigint not null,
    until_at bigint,
    -- Empty where all sites are meant.
    site bytea not null,
    cause text not null,
    note text not null,
    version bigint not null
);

-- What does not agree, as it was when the date was last looked at.
create table discrepancy (
    site bytea not null,
    date text not null,
    activity bytea not null,
    -- Empty where the list is meant.
    child bytea not null,
    kind text not null,
    evidence bytea not null,
    -- The activity's place in the day.
    sort_key text not null,
    -- What showed it, encoded: marks with who, which tablet, when made and when received.
    detail bytea not null,
    -- The standing settlement of this very evidence.
    settlement bytea,
    primary key (site, date, activity, child, kind, evidence)
);

create index discrepancy_of_date on discrepancy (date, site);
create index discrepancy_open on discrepancy (date, site, activity, kind) where settlement is null;

-- Sessions that took place: somebody was expected or pointed.
create table discrepancy_session (
    site bytea not null,
    date text not null,
    activity bytea not null,
    sort_key text not null,
    -- When the activity closed that day.
    ends_at bigint not null,
    booked bigint not null,
    present bigint not null,
    primary key (site, date, activity)
);

create index discrepancy_session_of_date on discrepancy_session (date, site);

-- Up to which entry of marks and lists, and of decisions, a date was looked at, and when.
create table discrepancy_day (
    date text primary key,
    seq bigint not null,
    settled_seq bigint not null,
    at bigint not null
);

-- Printable lists that were read back from the off-site target.
create table offsite_list (
    site bytea not null,
    date text not null,
    seq bigint not null,
    object text not null,
    digest bytea not null,
    put_at bigint not null,
    primary key (site, date)
);

-- What families read there was last put so.
alter table offsite add column public_digest bytea;

-- The newest mark of a date is asked for as often as a page of discrepancies is looked at.
drop index mark_of_date;
create index mark_of_date on mark (date, seq);
