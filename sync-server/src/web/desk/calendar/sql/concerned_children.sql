select c.id, c.class
from child c
where (c.school = ?1 or c.class = ?2) and (c.left_on is null or c.left_on > ?3)
