"""Data augmentation: OCR noise, layout jitter, synthetic layout, masking, paraphrased labels."""
