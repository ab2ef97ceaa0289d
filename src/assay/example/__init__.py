"""The example organisation: invented people with real documents, made the same every time."""
