"""Layouts of invoices."""
