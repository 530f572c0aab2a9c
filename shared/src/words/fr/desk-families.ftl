# Enfants et responsables
