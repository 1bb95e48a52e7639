"""What the encoder reads of a document, its cached states, and what it is asked for."""
