"""What the documents say, apart from how they look."""
