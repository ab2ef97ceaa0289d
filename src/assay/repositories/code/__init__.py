"""What a person's own lines show: tools, depth of use, practices, complexity."""
