-- Lost in a fire without harm: sessions of the desk, throttles of log-ins.

create table session (
    token bytea primary key,
    agent bytea not null,
    csrf text not null,
    started_at bigint not null,
    seen_at bigint not null
);

create table throttle (
    subject text primary key,
    failures bigint not null,
    locked_until bigint not null,
    last_at bigint not null
);
