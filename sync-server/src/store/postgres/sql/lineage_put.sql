insert into lineage (id, system, timeline) values (1, $1, $2) on conflict (id) do update set system = excluded.system, timeline = excluded.timeline
