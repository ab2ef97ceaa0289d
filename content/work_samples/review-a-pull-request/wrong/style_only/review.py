from pathlib import Path

SUSPECT = [
    'PASSWORD = "n1ght-j0b"  # only for the warehouse',
    "continue  # broken row",
    "start = datetime.now() - timedelta(days=DAYS)",
    "if start <= order.at <= until:",
    "orders.sort(key=lambda order: order.at)",
    "def unique(orders, seen=set()):",
    "query = f\"select customer from customers where country = '{country}'\"",
    "mean = total / count",
    "days = (until - last).seconds // 86400",
]


def lines_with(texts):
    lines = Path("features.py").read_text().splitlines()
    return [number for number, line in enumerate(lines, 1) if line.strip() in texts]


def findings():
    return [n for n, line in enumerate(Path("features.py").read_text().splitlines(), 1) if len(line) > 85]


def most_harm():
    return findings()[:2]
