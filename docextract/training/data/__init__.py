"""Labelled documents -> windows of word pieces with their truth."""
