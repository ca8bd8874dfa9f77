"""The parts of screens: page, controls, fields, charts, scenes, progress, escaped text."""
