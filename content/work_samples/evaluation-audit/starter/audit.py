from model import auc, fit, scores


def findings():
    return []


def corrected(folder):
    return 0.5
