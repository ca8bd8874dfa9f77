"""A kernel that slides over a picture."""
