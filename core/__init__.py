"""The subject of Descent Lab: preparing tables, and the numerics of a model that learns. Knows nothing of screens."""
