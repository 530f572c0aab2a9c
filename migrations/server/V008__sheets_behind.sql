-- A push is acknowledged on its rows; the document of the sheet follows when somebody needs it.
-- The document leaves the sheet's row, which changes with every push, for a table of its own.
create table sheet_document (
    site bytea not null,
    date text not null,
    heads bytea not null,
    -- Everything of `sheet_change` up to this entry is in it.
    derived_seq bigint not null,
    saved bytea not null,
    primary key (site, date)
);

insert into sheet_document (site, date, heads, derived_seq, saved)
select site, date, heads, changed_seq, saved from sheet;

alter table sheet drop column heads;
alter table sheet drop column saved;

-- 0: one change; 1: a packet of them.
alter table sheet_change add column form bigint not null default 0;

-- Programs of before look for the document in the sheet's row.
update schema_floor set oldest = 8;
