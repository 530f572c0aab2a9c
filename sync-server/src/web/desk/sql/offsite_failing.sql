select failing_since from offsite where failing_since is not null limit 1
