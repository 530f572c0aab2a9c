# FranceConnect and self-registration.
