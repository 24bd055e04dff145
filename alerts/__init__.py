"""Tell: facts in, papers and messages out. Knows nothing of spiders, rules, the daemon or any database."""
