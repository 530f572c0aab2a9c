//! Small inputs that would be large, weighed in a process of their own.
