"""Collect: a source in, pages out. Knows nothing of rules, alerts, the daemon or any database."""
