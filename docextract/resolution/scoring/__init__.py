"""Scoring: one learnt, explained sum of features for each candidate of a field."""
