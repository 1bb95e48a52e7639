"""Progress, report and manifest of a run."""
