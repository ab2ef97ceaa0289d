import pytest

from assay.reading.jobads.pay import read_pay


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [
        ("Salary: $150,000 – $200,000 a year", 150_000, 200_000, "USD", "year"),
        ("€70k-90k", 70_000, 90_000, "EUR", "year"),
        ("Gehalt: 70.000 bis 90.000 € brutto/Jahr", 70_000, 90_000, "EUR", "year"),
        ("EUR 70.000 - 90.000", 70_000, 90_000, "EUR", "year"),
        ("£65,000 per annum", 65_000, 65_000, "GBP", "year"),
        ("Rémunération : 45-55 k€", 45_000, 55_000, "EUR", "year"),
        ("Salaire : 45 000 € à 55 000 € par an", 45_000, 55_000, "EUR", "year"),
        ("Lohn CHF 120'000 – 140'000", 120_000, 140_000, "CHF", "year"),
        ("USD 60 per hour", 60, 60, "USD", "hour"),
        ("$55 - $70 / hr", 55, 70, "USD", "hour"),
        ("Salary up to €80k", None, 80_000, "EUR", "year"),
        ("Gehalt ab 60.000 €", 60_000, None, "EUR", "year"),
        ("Salario: 40.000 € - 50.000 € al año", 40_000, 50_000, "EUR", "year"),
        ("Vergütung: 4.500 € im Monat", 4_500, 4_500, "EUR", "month"),
        ("Compensation: $120K to $150K base", 120_000, 150_000, "USD", "year"),
        ("We raised $50M. Salary: $100,000-$120,000", 100_000, 120_000, "USD", "year"),
    ],
)
def test_read_pay(text, low, high, currency, period):
    pay = read_pay(text=text)
    assert (pay.low, pay.high, pay.currency, pay.period) == (low, high, currency, period)
    assert text[pay.start : pay.end] == text[pay.start : pay.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "We raised $50M in series B",
        "A learning budget of €2,000",
        "Employees: 120-150",
        "10,000 - 20,000 users",
        "Call +49 30 1234567",
        "Referral bonus of $5,000",
        "Founded 2015 - 2020",
        "",
    ],
)
def test_read_pay_other_numbers(text):
    assert read_pay(text=text) is None
