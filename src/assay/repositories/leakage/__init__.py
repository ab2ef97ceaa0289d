"""Where a test set may have reached the training: places to look at, never a verdict."""
