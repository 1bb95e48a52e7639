"""Documents to the bi-encoder: input, label sentences, cached states, calibrated scores."""
