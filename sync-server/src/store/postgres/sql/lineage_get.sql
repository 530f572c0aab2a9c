select system, timeline from lineage where id = 1
