"""Reader of PDF: words, tables, forms, barcodes and attachments of its pages."""
