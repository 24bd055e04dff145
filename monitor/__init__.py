"""Remember and decide: the daemon that joins spiders, rules and alerts."""
