select child, household from child_household
