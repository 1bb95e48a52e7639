"""Parsers from printed text to typed values. Pure functions; None means "not one of these"."""
