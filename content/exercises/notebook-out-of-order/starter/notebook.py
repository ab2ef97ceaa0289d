# %% [markdown]
# # Orders of the week
# [9] Paid orders: 6. Best shop: north, with 92.44 net.

# %%
# [7]
table = counted.groupby("shop")["net"].agg(["count", "sum"]).reset_index()
table.sort_values("sum")

# %%
# [3]
import pandas as pd

orders = pd.read_csv("/home/ana/Downloads/orders (2).csv")

# %%
# [5]
counted["net"] = counted["amount"] / 1.19
counted.head()

# %%
# [4]
counted = orders[orders["refunded"] == 0].dropna(subset=["amount"]).copy()

# %%
# [10]
counted["net"] = counted["net"] / 1.19

# %%
# [8]
summary = [[shop, n, round(net, 2)] for shop, n, net in table.values.tolist()]
audit = counted.sample(3)["order"].tolist()

# %%
# [9]
paid = len(counted)
paid, summary[0]
