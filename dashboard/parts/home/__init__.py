"""Everything that can be taken home: the parts of the screen Take home."""
