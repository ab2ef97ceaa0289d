def best_epoch(losses, patience, min_delta):
    best = 0
    waited = 0
    for epoch, loss in enumerate(losses):
        if loss and loss < losses[best] + min_delta:
            best = epoch
        else:
            waited += 1
        if waited > patience:
            return [best, epoch]
    return [best, len(losses) - 1]
