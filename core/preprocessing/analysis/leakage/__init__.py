"""What happens when test rows help to prepare the training rows."""
