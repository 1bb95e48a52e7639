"""Named entity recognition: patterns with checksums, addresses, trained models, spaCy."""
