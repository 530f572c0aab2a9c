# Textes des écrans, du plus général au plus particulier.

app-name = Préau
