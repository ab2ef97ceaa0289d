# %% [markdown]
# # Orders of the week
# Read, cleaned, taxed once, summed by shop, and three orders drawn for the audit.

# %%
import pandas as pd

orders = pd.read_csv("orders.csv")

# %%
counted = orders.drop_duplicates("order")
counted = counted[counted["refunded"] == 0].dropna(subset=["amount"]).sort_values("order")
paid = len(counted)

# %%
counted = counted.assign(net=counted["amount"] / 1.19)
table = counted.groupby("shop")["net"].agg(["count", "sum"]).reset_index()
table["sum"] = table["sum"].round(2)
table = table.sort_values(["sum", "shop"], ascending=[False, True])
summary = table.values.tolist()
table

# %%
drawn = counted.sample(3, random_state=7)
audit = drawn["order"].tolist()

# %%
paid, summary[:1]
