"""Learned and hand-corrected sentiment tables; read by rules.sentiment. Provenance: README.md in this folder."""
