"""From the table in use to a trained model, and what carries it elsewhere: links, sessions, pinned runs."""
