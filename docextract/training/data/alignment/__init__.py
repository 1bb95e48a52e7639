"""Alignment of ground truth values with the words that print them, tolerant of OCR errors."""
