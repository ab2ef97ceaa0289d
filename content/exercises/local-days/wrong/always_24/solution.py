import pandas as pd


def daily(sales, zones):
    table = pd.DataFrame(sales, columns=["shop", "moment", "amount"])
    table["moment"] = pd.to_datetime(table["moment"], utc=True, format="ISO8601")
    rows = []
    for shop, own in table.groupby("shop", sort=True):
        zone = zones[shop]
        days = own["moment"].dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
        sums = own["amount"].astype(float).groupby(days).sum()
        calendar = pd.date_range(days.min(), days.max(), freq="D")
        starts = calendar.tz_localize(zone)
        ends = (calendar + pd.Timedelta(days=1)).tz_localize(zone)
        hours = [24] * len(calendar)
        for day, total, length in zip(calendar, sums.reindex(calendar, fill_value=0.0), hours):
            rows.append([shop, day.strftime("%Y-%m-%d"), float(total), int(length)])
    return rows
