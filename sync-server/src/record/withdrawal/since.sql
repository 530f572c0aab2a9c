select encoded from withdrawal where seq > ?1 order by kind, subject
