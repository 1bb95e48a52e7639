"""Worker processes that read documents, and the pool that supervises them."""
