"""The bank: exercises and work samples, their versions, and what was prepared of them."""
