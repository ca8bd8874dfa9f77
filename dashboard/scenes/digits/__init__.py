"""The weights of ten neurons as pictures."""
