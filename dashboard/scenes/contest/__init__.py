"""A line beside nearest neighbours as rows are added."""
