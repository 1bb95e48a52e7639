"""Resolution: candidates -> scores -> assignment -> one record."""
