from math import erfc, sqrt


def check_split(control, treatment, share, alpha):
    if control < 0 or treatment < 0 or not 0 < share < 1:
        raise ValueError("counts are 0 or more, a share lies between 0 and 1")
    n = control + treatment
    if n == 0:
        return {"p": 1.0, "is_broken": 1.0 < alpha}
    statistic = (control - n * (1 - share)) ** 2 / (n * (1 - share)) + (treatment - n * share) ** 2 / (n * share)
    p = erfc(sqrt(statistic / 2))
    return {"p": p, "is_broken": p < alpha}
