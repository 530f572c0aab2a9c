-- What every connection is set to. A server that acknowledges before it has written would lose what
-- was acknowledged.
select set_config('application_name', 'preau', false),
    set_config('client_encoding', 'UTF8', false),
    set_config('search_path', 'pg_catalog', false),
    set_config('idle_in_transaction_session_timeout', '5min', false),
    set_config('client_min_messages', 'warning', false),
    set_config(
        'synchronous_commit',
        case when current_setting('synchronous_commit') = 'off' then 'on' else current_setting('synchronous_commit') end,
        false
    );
