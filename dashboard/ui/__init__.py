"""What screens are made of: page, controls, fields, charts, scenes, progress, plain text."""
