"""Pages of documents: what was reported, owners' lists, batches, certificates, specimens."""
