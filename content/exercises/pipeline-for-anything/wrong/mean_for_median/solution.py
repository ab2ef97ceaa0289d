from sklearn.compose import ColumnTransformer
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler


def with_gaps_named(table):
    return table.astype(object).where(table.notna(), "?")


def build(numbers, names):
    of_numbers = make_union(
        make_pipeline(SimpleImputer(strategy="mean"), StandardScaler()),
        MissingIndicator(features="missing-only", error_on_new=False),
    )
    of_names = make_pipeline(
        FunctionTransformer(with_gaps_named),
        OneHotEncoder(min_frequency=3, handle_unknown="infrequent_if_exist", sparse_output=False),
    )
    columns = ColumnTransformer([("numbers", of_numbers, list(numbers)), ("names", of_names, list(names))])
    return make_pipeline(columns, LogisticRegression(C=0.5, max_iter=1000))
