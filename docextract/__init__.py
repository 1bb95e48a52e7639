"""docextract: a folder of documents in, typed, checked and explained records out."""

__version__ = "0.1.0"
