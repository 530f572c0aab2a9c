-- When a process last served these communes, and the spans in which none did.
create table alive (
    id bigint primary key,
    at bigint not null
);

create table silence (
    from_at bigint primary key,
    until_at bigint not null
);
