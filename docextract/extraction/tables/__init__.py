"""Rows of line items: from ruled tables, under headers, by patterns, without headers."""
