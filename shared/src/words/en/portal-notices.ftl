# What is sent, and through what.
