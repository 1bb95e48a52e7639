"""Printed dates and times -> typed values."""
