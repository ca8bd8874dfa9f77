"""Supervised learning, step by step."""
