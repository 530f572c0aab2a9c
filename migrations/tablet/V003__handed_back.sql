-- Signed data that the server of a branch has: it made it itself, or was handed it back. By content.
create table handed_back (
    hash blob not null,
    branch blob not null,
    primary key (hash, branch)
) without rowid;

-- When a receipt last covered something new of a sheet, by the server's clock.
alter table sheet add column accepted_at integer;
