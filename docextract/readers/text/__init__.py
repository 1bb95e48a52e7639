"""Readers of text formats: plain, HTML, Markdown, XML, delimited."""
