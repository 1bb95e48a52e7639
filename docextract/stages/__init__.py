"""The stages of a pipeline: each maps documents to documents, one part fuller."""
