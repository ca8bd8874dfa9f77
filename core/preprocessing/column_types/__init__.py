"""What a column holds, why one thinks so, and how its cells become values."""
