"""Judge: text in, a verdict out, with its reasons. Knows nothing of the other rooms or any database."""
