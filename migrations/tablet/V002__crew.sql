-- Wrong PINs in a row, per member of the staff. They are counted before a PIN is looked at, and for
-- the PIN they were tried against: a new one from the town hall begins anew.
create table pin_attempt (
    staff blob primary key,
    pin text not null,
    failures integer not null
) without rowid;
