# Texts of the screens, from the general to the particular.

app-name = Préau
