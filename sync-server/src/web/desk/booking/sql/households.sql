select child, household from child_household order by child, household desc
