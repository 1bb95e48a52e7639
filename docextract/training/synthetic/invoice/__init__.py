"""Synthetic invoices: random facts, and their layouts."""
