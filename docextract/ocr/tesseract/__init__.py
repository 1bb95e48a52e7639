"""Tesseract, as a program and inside this process."""
