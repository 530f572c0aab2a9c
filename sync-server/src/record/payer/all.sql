select encoded, version from payer order by id
