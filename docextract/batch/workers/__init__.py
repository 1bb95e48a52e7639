"""Worker processes that may be killed, and their pool."""
