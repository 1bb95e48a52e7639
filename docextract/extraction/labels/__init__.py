"""Values that stand beside, below or above a printed label."""
