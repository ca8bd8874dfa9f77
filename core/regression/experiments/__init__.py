"""Many runs and many solvers compared on the same rows."""
