"""Synthetic documents of further kinds: letters, forms, contracts, reports, offers, ad orders."""
