# Importing files
