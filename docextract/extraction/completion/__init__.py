"""Corrections of candidates: towns added, partial values completed, non-names dropped."""
