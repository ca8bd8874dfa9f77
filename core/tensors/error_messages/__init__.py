"""The messages of torch as patterns, each with its meaning; the groups of a pattern are named in the sentence.

A group whose name ends in `_type` holds torch's name of a dtype (Long), translated to that of its code (int64).
"""
