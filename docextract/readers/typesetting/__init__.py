"""Places on paper for documents that have none."""
