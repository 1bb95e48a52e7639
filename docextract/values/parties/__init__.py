"""Parsers of postal addresses, countries and organisation names."""
