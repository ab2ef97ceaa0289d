"""Scripts that run inside of boxes; the runner lays their text there and never imports them."""
