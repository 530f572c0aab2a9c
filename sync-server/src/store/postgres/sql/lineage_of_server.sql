-- The timeline is read off the name of the file that is written now: it moves at the instant of a
-- promotion, the control file's only at the next checkpoint.
select
    (select cast(system_identifier as text) from pg_control_system()),
    case when pg_is_in_recovery() then null else pg_walfile_name(pg_current_wal_lsn()) end
