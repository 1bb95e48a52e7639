"""Models and how they run: the bi-encoder, Hugging Face adapters, devices. Knows no Document."""
