"""Printed amounts, quantities, currencies and units -> typed values."""
