# Écoles, sites, classes, services, activités, agents, personnel
