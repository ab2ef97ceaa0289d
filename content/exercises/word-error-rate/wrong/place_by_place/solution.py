def errors(truth, heard):
    a, b = truth.casefold().split(), heard.casefold().split()
    # Each cell: changes, then minus the substitutions, so that min takes the most of them.
    row = [(j, 0) for j in range(len(b) + 1)]
    for i, word in enumerate(a, 1):
        above, row = row, [(i, 0)]
        for j, other in enumerate(b, 1):
            is_same = word == other
            across = (above[j - 1][0] + (not is_same), above[j - 1][1] - (not is_same))
            down = (above[j][0] + 1 + 9 * (j <= len(a)), above[j][1])
            right = (row[j - 1][0] + 1 + 9 * (i <= len(b)), row[j - 1][1])
            row.append(min(across, down, right))
    changes, negative = row[-1]
    substituted = -negative
    left = changes - substituted
    deleted = (left + len(a) - len(b)) // 2
    return [substituted, deleted, left - deleted]


def rate(pairs):
    words = sum(len(truth.split()) for truth, _ in pairs)
    return sum(sum(errors(truth, heard)) for truth, heard in pairs) / words if words else None
