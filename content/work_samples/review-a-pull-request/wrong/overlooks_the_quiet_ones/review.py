from pathlib import Path

SUSPECT = [
    'PASSWORD = "n1ght-j0b"  # only for the warehouse',
    "continue  # broken row",
    "if start <= order.at <= until:",
    "def unique(orders, seen=set()):",
    "query = f\"select customer from customers where country = '{country}'\"",
    "mean = total / count",
    "days = (until - last).seconds // 86400",
]


def lines_with(texts):
    lines = Path("features.py").read_text().splitlines()
    return [number for number, line in enumerate(lines, 1) if line.strip() in texts]


def findings():
    return lines_with(SUSPECT)


def most_harm():
    return lines_with(SUSPECT[:1]) + lines_with(SUSPECT[1:2])
