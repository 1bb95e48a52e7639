"""Layouts of the smaller kinds of documents."""
