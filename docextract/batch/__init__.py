"""Folder runs: discovery, workers that may be killed, the ledger, progress, the report."""
