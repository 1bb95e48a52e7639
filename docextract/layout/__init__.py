"""Page layout analysis: line segments, their spatial neighbours, and printed field labels."""
