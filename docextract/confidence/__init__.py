"""Scores -> calibrated confidences, and which values are accepted without a person."""
