"""One file per paper, all of one shape: a `Facts` model and `compose(facts) -> Sheet`."""
