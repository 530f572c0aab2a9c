-- Ways in that a page or an import takes for one day, site or family, and that neither engine has
-- by itself: no key begins with these columns, and PostgreSQL keeps no index for a foreign key.

create index mark_of_date on mark (date);
create index reservation_of_site on reservation (site, child) where cancelled_at is null;
create index child_of_household on child_household (household);
