"""The present service: right, and far too slow."""


def load(train_x, train_y):
    """Prepare once; whatever this yields is handed to `score`."""
    return train_x.tolist(), train_y.tolist()


def score(index, rows, k=10):
    """Yield for each row the mean label of its k nearest training rows; of equally near ones the earlier counts."""
    train_x, train_y = index
    answers = []
    for row in rows.tolist():
        gaps = [round(sum((a - b) ** 2 for a, b in zip(row, other)), 9) for other in train_x]
        near = sorted(range(len(gaps)), key=lambda place: (gaps[place], place))[:k]
        answers.append(sum(train_y[place] for place in near) / k)
    return answers
