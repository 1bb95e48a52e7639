"""Parsers of dates, times and durations."""
