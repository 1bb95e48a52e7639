"""Words with boxes -> lines in reading order."""
