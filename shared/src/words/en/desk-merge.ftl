# A history that was found again

merge-kind-marks = Marks
merge-kind-reserve = Reservations
merge-kind-cancel = Cancellations
merge-kind-child = Children’s cards
merge-kind-household = Households and guardians
merge-kind-staff = Staff
merge-kind-structure = Schools, sites and activities
merge-kind-calendar = Calendar
merge-kind-agents = Agents
merge-kind-guardians = Families’ access
merge-kind-tablets = Tablets put into service
merge-kind-aside = Payloads kept aside
merge-kind-withdrawals = Withdrawals
merge-kind-lists = Lists handed back by tablets
merge-kind-discrepancies = Discrepancies
merge-kind-incidents = Incident posts
merge-kind-other = The server’s own operations

merge-broke = The merge stopped over a fault of the program. What was merged stands; run it again, nothing is merged twice.
