"""What the claims come to: pure numbers, never a file, a clock or a screen."""
