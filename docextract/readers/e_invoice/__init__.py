"""E-invoices: the XML of EN 16931 -> typed statements."""
