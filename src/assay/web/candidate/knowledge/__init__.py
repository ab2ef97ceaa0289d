"""Knowledge tests as a candidate sees them."""
