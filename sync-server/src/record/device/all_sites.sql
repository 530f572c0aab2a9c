select device, site from device_site order by device, site
