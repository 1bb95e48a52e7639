"""Training data: corpora, alignment of values with words, windows, mixture, held-out split."""
