"""Metrics as pure functions over counts; each docstring names its source."""
