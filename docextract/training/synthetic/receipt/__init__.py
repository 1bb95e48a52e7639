"""Layouts of till receipts."""
