"""What candidates and values say about themselves: sources, equality, other readings, trees."""
