"""True values -> the words of a document that print them, OCR's mistakes included."""
