# Tablettes et envois mis de côté
