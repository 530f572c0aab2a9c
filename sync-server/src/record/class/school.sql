select school from class where id = ?1
