"""spaCy components: docextract's entity rules and model inside any spaCy pipeline."""
