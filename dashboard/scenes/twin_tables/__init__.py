"""Steps of formulas and tables whose places light each other."""
