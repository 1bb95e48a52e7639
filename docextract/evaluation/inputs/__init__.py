"""Inputs of an evaluation: ground truth and predictions, read and paired."""
