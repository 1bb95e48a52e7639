"""Printed text -> typed values. Pure functions; None means "not one of these"."""
