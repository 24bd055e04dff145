"""Data of the gazetteer; read by rules.places_*. Provenance: README.md in this folder."""
