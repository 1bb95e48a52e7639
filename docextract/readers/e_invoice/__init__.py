"""E-invoice XML (EN 16931) -> typed statements."""
