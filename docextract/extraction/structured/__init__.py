"""Candidates that the file states as data: form fields, barcodes, e-invoices."""
