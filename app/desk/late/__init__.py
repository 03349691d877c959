"""What can be late in an open case: statements by subject, each for one officer or for all alike."""
