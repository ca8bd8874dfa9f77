"""The stage on which a run is watched."""
