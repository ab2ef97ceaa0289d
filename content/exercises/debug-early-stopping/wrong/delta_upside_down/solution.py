def best_epoch(losses, patience, min_delta):
    best = None
    waited = 0
    for epoch, loss in enumerate(losses):
        if loss is not None and (best is None or loss < losses[best] + min_delta):
            best = epoch
            waited = 0
        else:
            waited += 1
        if waited >= patience:
            return [best, epoch]
    return [best, None]
