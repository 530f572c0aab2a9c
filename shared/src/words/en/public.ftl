# What is read before logging in

public-title = { $page } · { $commune }
public-heading = State of the service
public-moment = { $day } { $year } at { $hour }
public-parts = What works
public-all-open = Every service is open.
public-part-line = { $standing }. { $message }
public-since = Since { $at }
public-posts = Situation reports
public-none = No incident is reported.
public-rewritten = completed on { $at }
public-over = Incident over
public-over-said = Incident over: everything works again.
public-updated = Last updated: { $at }
public-follow = Follow the situation reports (Atom feed)
public-apart = This copy is kept away from the town hall’s server: it can be read even when that does not answer.
public-feed-title = Situation reports · { $commune }
public-read = Read on
public-not-all-open = Not every service is open.
