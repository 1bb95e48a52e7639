"""Examples changed at random, so that a model learns what does not matter."""
