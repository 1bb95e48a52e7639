"""Candidates for the fields of a schema: rules, the model, forms, barcodes, e-invoices."""
