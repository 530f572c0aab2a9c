-- How many children have a place in a session is asked for each grid, each cart and each booking. All that is asked
-- stands in the index; and children who left are few beside those who come.
drop index reservation_places;
create index reservation_places on reservation (activity, date, site, in_group, child, cancelled_at)
    where cancelled_at is null;
create index child_left on child (id, left_on) where left_on is not null;
