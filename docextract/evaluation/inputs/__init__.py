"""Both sides of an evaluation, read and paired."""
