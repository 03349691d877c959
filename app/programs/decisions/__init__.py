"""What is decided about a version: the person's answer, submission, return, approval, and by when."""
