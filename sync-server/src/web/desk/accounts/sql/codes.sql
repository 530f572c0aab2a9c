select household, max(issued_at) from family_code where voided_at is null group by household
