select id, first_name, last_name, born, school, class, must_know, phone, symbol_colour, symbol_shape, health, reference, left_on, version
from child where id = ?1
