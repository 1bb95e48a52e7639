"""PP-OCR engine: text detection and recognition, quantised to 8 bits for CPUs."""
