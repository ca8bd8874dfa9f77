"""The messages of torch as patterns, each with its meaning; the groups of a pattern are named in the sentence.

A group whose name ends in `_type` holds what torch calls a type of numbers (Long), told as its code does (int64).
"""
