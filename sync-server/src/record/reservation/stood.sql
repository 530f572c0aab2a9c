select child, activity, site, date, cancelled_at, total_cents, paid_at, pay_until, waived, surcharge_cents, due_cents
from reservation where id = ?1
