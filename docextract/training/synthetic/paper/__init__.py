"""The drawing kit: sheets, fonts, rendering, and what scanners do to paper."""
