select device, site, date, settled from quarantine where hash = ?1
