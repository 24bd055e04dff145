"""One file per command; `monitor.cli` joins them."""
