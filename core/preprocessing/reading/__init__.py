"""From the bytes of a file to a table, with a sentence for everything guessed, changed or left out."""
