"""What models there are and how they run: encoders and adapters. Knows no Document."""
