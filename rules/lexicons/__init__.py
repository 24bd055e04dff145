"""Learned and hand-corrected tables of words and weights. Where they come from: PROVENANCE.md."""
