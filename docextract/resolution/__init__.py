"""Candidates -> one value a field: scores, conflicts, assignment, checks."""
