"""docextract inside spaCy: its rules and its model as components of any pipeline."""
