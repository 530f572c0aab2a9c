# What the town hall closed
tablet-service-read-only = Attendance is read-only. { $message }
tablet-service-anyway-read-only = Attendance is read-only, and you take it anyway until tonight. { $message }
tablet-service-anyway-closed = Attendance is closed, and you take it anyway until tonight. { $message }
tablet-service-closed = Attendance is closed
tablet-service-closed-then = What was ticked is kept and handed in. If attendance must be taken on this tablet, you can until tonight: nothing will be refused.
tablet-service-anyway = Take attendance anyway
tablet-service-refused = Not recorded: attendance is not open.
tablet-said-anyway = You take attendance anyway until tonight.
