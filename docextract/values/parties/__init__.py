"""Postal addresses, countries and names of organisations -> their parts."""
