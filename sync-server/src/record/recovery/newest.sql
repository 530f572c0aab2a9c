select branch, cause, source, restored_to, began_at, began_seq, withdrawals_read, signed_off_at, signed_off_by, note, version
from recovery order by began_seq desc limit 1
