"""Tesseract engine, as a subprocess and as a library in this process."""
