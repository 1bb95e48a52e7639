"""What a run tells: progress, report, manifest."""
