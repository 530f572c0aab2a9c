//! Schools, sites, classes, services, activities, staff and agents.
