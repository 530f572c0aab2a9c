# Getting in.
