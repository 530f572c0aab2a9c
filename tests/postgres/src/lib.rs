//! A real PostgreSQL for tests, started from Debian's packages on loopback, that stops by itself.
