"""Evaluation of a trained model, charts, HTML report, and the model's provenance."""
