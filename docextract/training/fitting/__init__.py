"""Fits what is shipped beside the weights: precision of rules, the scorer, the calibration."""
