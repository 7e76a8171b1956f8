"""Pages of the lists: their entries, hits, imports, changes and figures."""
