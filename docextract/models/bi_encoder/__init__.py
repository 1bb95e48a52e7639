"""The bi-encoder: words and label sentences through one encoder, compared by dot products."""
