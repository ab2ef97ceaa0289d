from statistics import fmean, variance


def adjusted(users):
    groups = {"c": [], "t": []}
    mean_before = fmean(before for _, before, _ in users) if users else 0.0
    mean_after = fmean(after for _, _, after in users) if users else 0.0
    spread = sum((before - mean_before) ** 2 for _, before, _ in users)
    shared = sum((before - mean_before) * (after - mean_after) for _, before, after in users)
    theta = shared / spread if users else 0.0
    for group, before, after in users:
        groups[group].append(after - theta * (before - mean_before))
    if min(map(len, groups.values())) < 2:
        raise ValueError("a group has fewer than two users")
    effect = fmean(groups["t"]) - fmean(groups["c"])
    error = sum(variance(values) / len(values) for values in groups.values()) ** 0.5
    return {"effect": effect, "error": error}
