"""The trained model as a generator of candidates."""
