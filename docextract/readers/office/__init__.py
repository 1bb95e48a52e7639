"""Readers of office files: DOCX, ODT, PPTX, XLSX."""
