"""Image preprocessing for OCR: colour mode, orientation and deskewing."""
