# The portal as the town hall sets it up.
desk-place-portal = Portal
