"""Labelled documents -> a trained model. Read it from top to bottom: `examples`, `loop`."""
