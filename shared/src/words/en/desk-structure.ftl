# Schools, sites, classes, services, activities, agents, staff
