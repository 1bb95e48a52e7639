"""Pictures of pages, and the barcodes on them."""
