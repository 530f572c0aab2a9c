select actor from capability_switch where seq = ?1 and name = ?2
