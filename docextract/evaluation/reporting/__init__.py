"""Evaluations as tables and as JSON, and two of them compared."""
