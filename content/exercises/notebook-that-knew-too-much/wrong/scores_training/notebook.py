# %% [markdown]
# # Which visits end late?
# Worked: everything that is learned, medians, scales, the choice of columns and the model, is learned on the training part; a
# patient's visits are alike, so they stay together; a bill that is written afterwards is no feature.

# %%
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

visits = pd.read_csv("visits.csv")
columns = [name for name in visits.columns if name not in {"late", "bill", "patient"}]

# %%
is_test = visits["patient"] % 4 == 0
test_patients = sorted(set(visits["patient"][is_test]))
train, train_y = visits[columns][~is_test], visits["late"][~is_test]
test, test_y = visits[columns][is_test], visits["late"][is_test]

# %%
medians = train.median().to_dict()
train, test = train.fillna(medians), test.fillna(medians)
strength = train.corrwith(train_y).abs()
chosen = list(strength.sort_values(ascending=False).index[:3])

# %%
scaler = StandardScaler().fit(train[chosen])
train, test = scaler.transform(train[chosen]), scaler.transform(test[chosen])
model = LogisticRegression().fit(train, train_y)
score = roc_auc_score(train_y, model.predict_proba(train)[:, 1])
score
