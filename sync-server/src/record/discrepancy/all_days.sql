select seq from touched where kind = 'all_days'
