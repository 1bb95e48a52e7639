"""Parsers of amounts, numbers, quantities, currencies and units."""
