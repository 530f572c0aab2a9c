# Home, feed, file, requests, bookings, bills.
