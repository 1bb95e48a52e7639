"""Images of pages, and the barcodes on them."""
