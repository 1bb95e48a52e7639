"""OCR repair: candidates with other readings of misread words, taken where a check asks for one."""
