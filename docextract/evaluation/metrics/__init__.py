"""Figures as pure functions over counts; sources in their docstrings."""
