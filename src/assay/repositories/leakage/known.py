"""Names that the reader of data flow knows: what learns from rows, divides them, makes more of them."""

import re

LEARNED = frozenset(
    {
        "StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler", "QuantileTransformer", "PowerTransformer",
        "KBinsDiscretizer", "SimpleImputer", "KNNImputer", "IterativeImputer", "Imputer", "PCA", "IncrementalPCA",
        "KernelPCA", "SparsePCA", "TruncatedSVD", "NMF", "FastICA", "FactorAnalysis", "LatentDirichletAllocation",
        "LinearDiscriminantAnalysis", "SelectKBest", "SelectPercentile", "SelectFromModel", "SelectFdr", "SelectFpr",
        "SelectFwe", "RFE", "RFECV", "VarianceThreshold", "GenericUnivariateSelect", "SequentialFeatureSelector",
        "BorutaPy",
        "TfidfVectorizer", "TfidfTransformer", "CountVectorizer", "TargetEncoder", "LeaveOneOutEncoder",
        "CatBoostEncoder",
        "JamesSteinEncoder", "MEstimateEncoder", "WOEEncoder", "CountEncoder", "UMAP", "Isomap", "Normalization",
        "TextVectorization", "MeanMedianImputer", "Winsorizer", "SplineTransformer",
    }
)  # fmt: skip
"""Transformers whose fit takes more from the rows than which categories there are."""

HIGH_HARM = frozenset(
    {
        "SelectKBest", "SelectPercentile", "SelectFromModel", "RFE", "RFECV", "SequentialFeatureSelector", "BorutaPy",
        "SelectFdr", "SelectFpr", "SelectFwe", "GenericUnivariateSelect", "TargetEncoder", "LeaveOneOutEncoder",
        "CatBoostEncoder", "JamesSteinEncoder", "MEstimateEncoder", "WOEEncoder", "LinearDiscriminantAnalysis",
    }
)  # fmt: skip
"""Those that look at the target as well: what they carry over is worth most."""

CONTAINERS = frozenset(
    {"Pipeline", "make_pipeline", "ColumnTransformer", "make_column_transformer", "FeatureUnion", "make_union"}
)
OVERSAMPLERS = frozenset(
    {"SMOTE", "SMOTENC", "SMOTEN", "BorderlineSMOTE", "SVMSMOTE", "KMeansSMOTE", "ADASYN",
     "RandomOverSampler", "SMOTEENN",
     "SMOTETomek"}
)  # fmt: skip
SPLIT_CALLS = frozenset({"train_test_split", "random_split"})
CROSS_VALIDATIONS = frozenset({"cross_val_score", "cross_validate", "cross_val_predict"})
SPLITTER = re.compile(
    r"(?:KFold|ShuffleSplit|TimeSeriesSplit|GroupKFold|LeaveOneOut|LeaveOneGroupOut|PredefinedSplit)\Z"
)
ESTIMATOR = re.compile(
    r"(?:Classifier|Regressor|Regression|SVC|SVR|NuSVC|LinearSVC|LinearSVR|Ridge|RidgeCV|Lasso|LassoCV|ElasticNet|ElasticNetCV"
    r"|GaussianNB|MultinomialNB|BernoulliNB|ComplementNB|Perceptron|Booster|LogisticRegressionCV|SearchCV|Sequential|Model"
    r"|QuadraticDiscriminantAnalysis|LinearDiscriminantAnalysis|make_pipeline|Pipeline|BayesianRidge|HuberRegressor)\Z"
)
STATISTICS = frozenset({"mean", "median", "std", "var", "min", "max", "quantile", "mode", "ptp"})
CHOOSING = frozenset(
    {"max", "min", "argmax", "argmin", "idxmax", "idxmin", "nanargmax", "nanargmin", "sorted", "argsort"}
)
STOPPING = re.compile(r"(?i)early_?stop|save_best_only|ModelCheckpoint")
