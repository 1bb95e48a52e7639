"""Synthetic till receipts: random facts, and their layouts."""
