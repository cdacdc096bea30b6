"""What the sandbox offers to the code that runs in it."""
