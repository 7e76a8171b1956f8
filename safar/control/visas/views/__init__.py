"""Pages of visas."""
