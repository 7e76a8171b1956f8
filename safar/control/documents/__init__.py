"""Travel documents that were reported lost, stolen or void."""
