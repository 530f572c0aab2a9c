select reason, seq from recovery_waived where branch = ?1 and device = ?2
