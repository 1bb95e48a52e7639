"""Reports of evaluations: terminal tables, JSON, and comparisons of two runs."""
