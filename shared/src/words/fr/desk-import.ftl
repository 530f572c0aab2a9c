# Import de fichiers
