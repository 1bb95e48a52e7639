"""Page geometry: reading order, gutters between columns, address blocks, rotated boxes."""
