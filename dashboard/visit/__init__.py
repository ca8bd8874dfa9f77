"""What a visit is: its state, its settings, the samples, the way from screen to screen."""
