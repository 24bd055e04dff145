"""What the console's pages read: one file per noun, plain rows out, nothing written."""
