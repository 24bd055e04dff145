"""Judge: text in, a verdict out, with its reasons. Knows nothing of spiders, alerts, the daemon or any database."""
