"""Charts: pure functions from tables to `alt.Chart`. They know neither the screen nor where the numbers come from.

Columns of a chart's data have fixed plain names; names from a person's table appear in titles and cells only. Colours
are left to the theme: the first series of every chart takes its first colour, so SGD looks the same everywhere.
"""
