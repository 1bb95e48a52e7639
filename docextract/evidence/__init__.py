"""What candidates share: sources, equality, check digits, alternative readings, OCR variants."""
