"""What a training tells: measures, charts, report, provenance of the model."""
