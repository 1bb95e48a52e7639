"""Text in its formats: plain, HTML, Markdown, XML, delimited."""
