def overlap(a, b):
    ...


def suppress(found, most):
    ...


def average_precision(images, least):
    ...
