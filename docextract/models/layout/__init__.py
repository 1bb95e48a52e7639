"""The layout-aware encoder that reads a page once and answers any label given as a sentence."""
