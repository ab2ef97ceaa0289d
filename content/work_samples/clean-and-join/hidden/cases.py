"""Folders of three files each; what is right comes from the reference, the small ones are worked out by hand."""

import datetime as dt
import random

HEADS = {"orders": "order,date,customer,amount,currency", "customers": "customer,merged_into", "rates": "date,currency,euros"}
NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def folder(name, mark="", **rows):
    return {f"{name}/{file}.csv": mark + "\n".join([head, *rows.get(file, [])]) + "\n" for file, head in HEADS.items()}


def cell(text):
    return f'"{text}"' if "," in text or '"' in text else text


def written_date(rng, day):
    return rng.choice(
        (
            day.isoformat(),
            f"{day.day}.{day.month}.{day.year}",
            f"{day.day} {rng.choice((NAMES[day.month - 1], NAMES[day.month - 1].upper()))} {day.year}",
            f" {day.isoformat()} ",
        )
    )


def written_amount(rng, cents):
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    whole, rest = divmod(cents, 100)
    grouped = f"{whole:,}"
    text = rng.choice(
        (
            f"{whole}.{rest:02d}",
            f"{grouped}.{rest:02d}",
            f"{whole},{rest:02d}",
            f"{grouped.replace(',', '.')},{rest:02d}",
            f"{grouped.replace(',', '.')},{rest:02d}".replace(".", "\u00a0") if whole < 1000 else f"{whole},{rest:02d}",
        )
    )
    return f"({text})" if sign and rng.random() < 0.5 else sign + text


def mess(name, rng, count):
    customers = [f"{rng.choice('ABCDE')}{rng.randrange(10, 9999)}" for _ in range(40)]
    customers = sorted(set(customers))
    merged = {}
    for place, one in enumerate(customers[:-1]):
        if rng.random() < 0.35:
            merged[one] = rng.choice(customers[place + 1 :])
    listed = [f"{rng.choice(('', '00', '0'))}{one},{merged.get(one, '')}" for one in customers]
    start = dt.date(2026, 1, 5)
    rates = []
    for currency, level in (("USD", 0.92), ("SEK", 0.087), ("GBP", 1.17)):
        for day in range(0, 150):
            if rng.random() < 0.3:
                level *= 1 + rng.gauss(0, 0.01)
                rates.append(f"{start + dt.timedelta(days=day)},{currency},{level:.5f}")
    rng.shuffle(rates)
    orders = []
    for number in range(count):
        day = start + dt.timedelta(days=rng.randrange(150))
        customer = rng.choice(customers) if rng.random() < 0.95 else f"Z{rng.randrange(100)}"
        shown = rng.choice((customer, customer.lower(), f" {customer[0]}-{customer[1:]} ", f"00{customer}"))
        amount = written_amount(rng, rng.choice((1, 1, 1, -1)) * rng.randrange(50, 900_000))
        currency = rng.choice(("EUR", "USD", "sek ", "GBP", "JPY" if rng.random() < 0.1 else "EUR"))
        if rng.random() < 0.03:
            amount = rng.choice(("n/a", "12,5", "1,23.50", "1.5", "", "12.345,6"))
        date = written_date(rng, day) if rng.random() > 0.03 else rng.choice(("31.2.2026", "2026/03/01", "3.14.2026", ""))
        row = [f"o{number // 1.15:.0f}" if rng.random() < 0.5 else f"O{number // 1.15:.0f} ", date, shown, amount, currency]
        orders.append(",".join(map(cell, row)))
    return folder(name, rng.choice(("", "\ufeff")), orders=orders, customers=listed, rates=rates)


def case(group, name, files, about, **more):
    return {"group": group, "call": "build", "args": [name], "files": files, "about": about, **more}


def cases(seed):
    rng = random.Random(seed)
    people = ["A17,", "B2,A17", "C3,B2", "00d-4,"]
    rates = ["2026-03-01,USD,0.9", "2026-03-08,USD,0.8", "2026-03-12,USD,0.7"]
    small = ["o1,2026-03-09,a17,10,EUR", "O2,9.3.2026,A-17,\"1,000.00\",USD", "o3,9 Mar 2026,0A17,(5.00),EUR", "o4,someday,A17,1,EUR", "o5,2026-03-02,X9,1,EUR"]
    expect = {
        "columns": ["customer", "orders", "euros", "last"],
        "rows": [["A17", 3, 805.0, "2026-03-09"]],
        "report": {"unreadable": 1, "repeated": 0, "unknown_customer": 1, "no_rate": 0},
    }
    yield case("examples", "first", folder("first", orders=small, customers=people, rates=rates), "Five orders of one customer", expect=expect)
    good = ["1234", "1234.50", "\"1,234.50\"", "\"12,50\"", "\"1.234,50\"", "-7.25", "(7.25)", "\"(1.000,00)\"", "1 234.50", "\"1\u00a0234,50\"", "0.05"]
    bad = ["12.5", "\"12,5\"", "\"1,23.50\"", "\"1.23,50\"", "\"1,234,5\"", "abc", "", "--5", "1.234.50", "$5"]
    for name, texts in (("good", good), ("bad", bad)):
        rows = [f"o{n},2026-03-{n + 1:02d},A17,{text},EUR" for n, text in enumerate(texts)]
        yield case("readings", name, folder(name, orders=rows, customers=people), f"amounts that are {name}")
    days = ["2026-03-09", "9.3.2026", "09.03.2026", "9 mar 2026", "09 MAR 2026", "29.2.2026", "2026-3-9", "3/9/2026", "9 March 2026", "2026-13-01", "31 Apr 2026"]
    yield case("readings", "days", folder("days", mark="\ufeff", orders=[f"o{n},{text},A17,{n + 1},EUR" for n, text in enumerate(days)], customers=people), "dates of every kind")
    again = [f"o{n % 4},2026-03-{rng.randrange(1, 6):02d},A17,{rng.randrange(1, 99)},EUR" for n in range(24)]
    yield case("repeats", "again", folder("again", orders=again, customers=people), "orders that were sent again")
    same = ["o1,2026-03-01,A17,1,EUR", " O1 ,2026-03-01,A17,2,EUR", "o1,2026-02-01,A17,4,EUR", "o1,broken,A17,8,EUR"]
    yield case("repeats", "same", folder("same", orders=same, customers=people), "the same day twice")
    shown = ["c3", " C-3 ", "0003,", "000c3", "b2", "D4", "00d-4", "d.4", "E5", ""]
    rows = [f"o{n},2026-03-01,{cell(text)},{2 ** n},EUR" for n, text in enumerate(shown)]
    yield case("customers", "shown", folder("shown", orders=rows, customers=people), "customers in every form, with mergers")
    for at in range(3):
        rows = [f"o{n},2026-03-{n:02d},A17,{rng.randrange(1, 999)}.{rng.randrange(10, 99)},usd" for n in range(1, 25)]
        some = [f"2026-03-{n:02d},USD,{rng.uniform(0.5, 1.5):.4f}" for n in rng.sample(range(2, 20), 3)]
        yield case("rates", f"rates{at}", folder(f"rates{at}", orders=rows, customers=people, rates=some), "rates with gaps")
    for at in range(2):
        yield case("whole", f"mess{at}", mess(f"mess{at}", rng, 1500), "1,500 orders")
