"""Names and addresses of who writes and to whom: letterheads, address blocks, sections."""
