"""Canny's four steps on a photograph."""
