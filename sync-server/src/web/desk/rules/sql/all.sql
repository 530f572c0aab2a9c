select encoded, version from rule_set
