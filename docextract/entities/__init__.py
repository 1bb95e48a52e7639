"""Spans of entity types in a text: patterns, addresses, and the trained model's names."""
