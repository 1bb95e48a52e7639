"""Other readings of words that OCR may have misread, taken where a check asks for one."""
