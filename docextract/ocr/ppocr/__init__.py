"""PP-OCR: detector and recogniser, run in 8 bits on a CPU."""
