-- Families get in: payers, custody, accounts, what they ask and are told, what the town writes for them.

alter table guardian add column activated_at bigint;
-- The secret of a second factor, sealed by the commune's key.
alter table guardian add column second_factor bytea;
-- SHA-256 of issuer and subject at an identity provider.
alter table guardian add column identity bytea;
alter table guardian add column deleted_at bigint;
create unique index guardian_of_identity on guardian (identity);

-- `encoded` is the whole PayerRecord; the columns beside it are what is searched by.
create table payer (
    id bytea primary key,
    of_household bytea,
    name text not null,
    encoded bytea not null,
    version bigint not null
);

create index payer_of_household on payer (of_household);

create table payer_period (
    payer bytea not null references payer (id),
    child bytea not null,
    from_date text not null,
    until_date text,
    primary key (payer, child, from_date)
);

create index payer_of_child on payer_period (child, from_date);

create table custody (
    child bytea primary key,
    encoded bytea not null,
    version bigint not null
);

create table guardian_link (
    token bytea primary key,
    guardian bytea not null,
    purpose text not null,
    address text not null,
    branch bytea not null,
    expires_at bigint not null,
    issued_at bigint not null,
    used_at bigint,
    -- Another was issued since, or what it was for is over.
    voided_at bigint
);

create index guardian_link_of on guardian_link (guardian, purpose);

-- A pair of codes on paper. Not bound to a branch: paper outlives a fire (docs/adr/0019).
create table family_code (
    pair bytea primary key,
    child bytea not null,
    household bytea not null,
    batch bytea not null,
    expires_at bigint not null,
    issued_at bigint not null,
    used_at bigint,
    voided_at bigint
);

create index family_code_of on family_code (child, household);

-- Codes for a lost telephone.
create table second_factor_code (
    guardian bytea not null,
    code bytea not null,
    used_at bigint,
    primary key (guardian, code)
);

create table registration (
    id bytea primary key,
    encoded bytea not null,
    state text not null,
    at bigint not null,
    settled_at bigint,
    reason text,
    as_guardian bytea,
    version bigint not null
);

create index registration_of_state on registration (state, at);

create table request (
    id bytea primary key,
    guardian bytea not null,
    kind text not null,
    about_child bytea,
    title text not null,
    state text not null,
    at bigint not null,
    changed_at bigint not null,
    version bigint not null
);

create index request_of_guardian on request (guardian, changed_at);
create index request_of_state on request (state, changed_at);

create table request_line (
    request bytea not null references request (id),
    nth bigint not null,
    at bigint not null,
    actor bytea not null,
    words text not null,
    primary key (request, nth)
);

create table notice (
    id bytea primary key,
    guardian bytea not null,
    kind text not null,
    about_child bytea,
    at bigint not null,
    -- The whole NoticeRecord.
    encoded bytea not null,
    seq bigint not null
);

create index notice_of_guardian on notice (guardian, at);

-- Up to which entry the journal was looked through for things to tell.
create table noticed (
    id bigint primary key,
    seq bigint not null
);

create table letter (
    id bytea primary key,
    kind text not null,
    address text not null,
    to_guardian bytea,
    notice bytea,
    batch bytea,
    -- The whole LetterRecord.
    encoded bytea not null,
    -- A letter leaves only on the branch on which it was queued, and if its entry was not merged.
    branch bytea not null,
    merged bigint not null,
    queued_at bigint not null,
    fate text not null,
    fate_at bigint,
    detail text not null,
    seq bigint not null
);

create index letter_of_fate on letter (fate, queued_at);
create index letter_of_guardian on letter (to_guardian, queued_at);
create index letter_of_batch on letter (batch);

create table notice_choice (
    guardian bytea not null,
    kind text not null,
    mail bigint not null,
    push bigint not null,
    primary key (guardian, kind)
);

create table notice_address (
    guardian bytea not null,
    place bigint not null,
    address text not null,
    primary key (guardian, place)
);

create table push_subscription (
    endpoint bytea primary key,
    guardian bytea not null,
    -- The whole PushRecord.
    encoded bytea not null,
    since bigint not null
);

create index push_of_guardian on push_subscription (guardian);

create table push_key (
    id bigint primary key,
    public_key bytea not null,
    sealed bytea not null
);

create table town_text (
    id bytea primary key,
    kind text not null,
    title text not null,
    words text not null,
    shown_from bigint,
    until_at bigint,
    pinned bigint not null,
    edition bigint not null,
    -- The whole TextRecord.
    encoded bytea not null,
    written_at bigint not null,
    removed bigint not null,
    version bigint not null
);

create index town_text_of_kind on town_text (kind, shown_from);

create table text_accepted (
    guardian bytea not null,
    town_text bytea not null,
    edition bigint not null,
    at bigint not null,
    primary key (guardian, town_text, edition)
);

create table menu (
    id bytea primary key,
    date text not null,
    encoded bytea not null,
    version bigint not null
);

create index menu_of_date on menu (date);

create table portal (
    id bigint primary key,
    encoded bytea not null,
    version bigint not null
);

create table logo (
    id bigint primary key,
    media_type text not null,
    words text not null,
    bytes bytea not null,
    version bigint not null
);

-- What looked like guessing.
create table guessing (
    seq bigint primary key,
    what text not null,
    attempts bigint not null,
    origin text not null,
    at bigint not null
);

-- Derived from the journal: which entries speak of a guardian, a household or a child.
create table about (
    subject bytea not null,
    seq bigint not null,
    primary key (subject, seq)
);

-- Up to which entry `about` is filled.
create table about_head (
    id bigint primary key,
    seq bigint not null
);

-- 1 where two files of one child were united: its marks of before are then pointed under either id.
alter table alias add column merged bigint not null default 0;

-- Ephemera.

create table portal_session (
    token bytea primary key,
    -- Empty where somebody got in with codes and has no login yet.
    guardian bytea not null,
    -- The household that codes opened; empty otherwise.
    household bytea not null,
    -- `in`, `factor` (a second factor is still owed) or `codes`.
    stage text not null,
    -- The agent who looks at the portal as this guardian sees it; empty otherwise.
    agent bytea not null,
    csrf text not null,
    browser text not null,
    started_at bigint not null,
    seen_at bigint not null,
    -- The pair of codes on paper that opened it; empty otherwise.
    pair bytea not null
);

create index portal_session_of on portal_session (guardian);

-- What the text of a letter needs and no record may hold, sealed by the commune's key until it left.
create table letter_secret (
    letter bytea primary key,
    sealed bytea not null,
    made_at bigint not null
);

create table letter_try (
    letter bytea primary key,
    tries bigint not null,
    next_at bigint not null,
    detail text not null
);

-- The last step of a second factor that was taken: none is taken twice.
create table factor_step (
    guardian bytea primary key,
    step bigint not null
);

-- Somebody is on their way to an identity provider and back.
create table identity_trip (
    state bytea primary key,
    sealed bytea not null,
    made_at bigint not null
);
