"""What people would pick instead, on the same law and the same questions."""
