-- Rules of booking, what families ask and wait for, what is agreed with a reservation, and carts.

-- What was agreed when it was booked; empty where it was made without prices, as before there were any.
alter table reservation add column for_household bytea;
alter table reservation add column in_group text;
alter table reservation add column base_cents bigint;
alter table reservation add column surcharge_cents bigint;
alter table reservation add column total_cents bigint;
-- What a cancellation costs all the same.
alter table reservation add column due_cents bigint;
-- What was paid and is given back by a cancellation.
alter table reservation add column credited_cents bigint;
-- Given back unless it is paid by then.
alter table reservation add column pay_until bigint;
alter table reservation add column paid_at bigint;
-- 1 where a surcharge or what a cancellation costs was waived.
alter table reservation add column waived bigint not null default 0;
-- The exceptional day that cancelled it.
alter table reservation add column by_closure bytea;
alter table reservation add column made_at bigint;

-- Places are counted by it.
create index reservation_places on reservation (activity, date, site, in_group) where cancelled_at is null;
create index reservation_by_closure on reservation (by_closure) where by_closure is not null;
create index reservation_pay_until on reservation (pay_until) where pay_until is not null;

-- `encoded` is the whole RuleSetRecord; the columns beside it are what is searched by.
create table rule_set (
    id bytea primary key,
    name text not null,
    from_date text not null,
    live bigint not null,
    encoded bytea not null,
    version bigint not null
);

create table booking_settings (
    id bigint primary key,
    encoded bytea not null,
    version bigint not null
);

create table wish (
    id bytea primary key,
    kind text not null,
    state text not null,
    child bytea not null,
    activity bytea not null,
    site bytea not null,
    date text not null,
    with_formula bytea,
    in_group text,
    for_household bytea,
    of_guardian bytea,
    about_reservation bytea,
    since bigint not null,
    changed_at bigint not null,
    offered_until bigint,
    base_cents bigint,
    surcharge_cents bigint,
    total_cents bigint,
    words text,
    version bigint not null
);

create index wish_of_child on wish (child, date);
create index wish_of_session on wish (date, site, activity) where state in ('open', 'offered');
create index wish_of_state on wish (state, since);

create table household_facts (
    household bytea primary key,
    residence text,
    unpaid_cents bigint not null,
    version bigint not null
);

create table child_document (
    child bytea not null,
    kind text not null,
    valid_until text,
    primary key (child, kind)
);

-- Ephemera.

-- What somebody gathers for a household; its id is that of the operation it becomes.
create table cart (
    id bytea primary key,
    -- A guardian, or an agent who books for a family.
    owner bytea not null,
    household bytea not null,
    changed_at bigint not null,
    unique (owner, household)
);

create table cart_line (
    cart bytea not null references cart (id) on delete cascade,
    child bytea not null,
    activity bytea not null,
    date text not null,
    site bytea not null,
    -- `add` or `cancel`.
    kind text not null,
    with_formula bytea,
    in_group text,
    about_reservation bytea,
    about_wish bytea,
    -- What was shown: the price, or what the cancellation costs.
    shown_cents bigint,
    -- A limited place is held until then.
    held_until bigint,
    added_at bigint not null,
    primary key (cart, child, activity, date)
);

create index cart_line_of_session on cart_line (date, site, activity) where held_until is not null;
