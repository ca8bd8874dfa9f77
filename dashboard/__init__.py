"""The screens of Descent Lab: they draw what `core` computes."""
