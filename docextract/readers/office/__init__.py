"""Office files: DOCX, ODT, PPTX, XLSX."""
