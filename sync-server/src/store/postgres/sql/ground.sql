select pg_encoding_to_char(encoding), cast(has_database_privilege(oid, 'CREATE') as text)
from pg_database
where datname = current_database()
