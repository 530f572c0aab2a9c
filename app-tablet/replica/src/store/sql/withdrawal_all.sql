select encoded from withdrawal order by encoded
