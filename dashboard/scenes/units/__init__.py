"""What each unit of a small network answers to, as it learns."""
