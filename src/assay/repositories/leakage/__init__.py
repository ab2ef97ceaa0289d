"""Where a test set may have reached the training: places to look at, never a verdict."""

from assay.repositories.leakage.find import find_leaks

__all__ = ["find_leaks"]
