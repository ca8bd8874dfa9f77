"""What the lab runs on: the machine, the versions, and whether it computes correctly there."""
