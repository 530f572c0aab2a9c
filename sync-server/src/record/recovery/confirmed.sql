select kind, subject from recovery_confirmed where branch = ?1
