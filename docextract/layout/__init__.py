"""Where things stand on a page: segments of lines, their neighbours, and printed labels."""
