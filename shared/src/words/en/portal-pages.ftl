# What anybody may read.
