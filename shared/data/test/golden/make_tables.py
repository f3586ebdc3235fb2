"""scikit-learn's preprocessing of the penguins, fitted on four rows of five, applied to the others.

    python test/golden/make_tables.py > test/golden/tables.json
"""

import json
import platform
from pathlib import Path

import numpy
import pandas
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import LabelEncoder, OneHotEncoder, StandardScaler

NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "year"]
CATEGORIES = ["species", "island", "sex"]

path = Path(__file__).parent.parent.parent / "assets/tables/penguins.csv"
penguins = pandas.read_csv(path)
is_test = numpy.arange(len(penguins)) % 5 == 3
train, test = penguins[~is_test], penguins[is_test]


def plain(array):
    values = numpy.asarray(array, dtype=object).tolist()
    return [[None if value is None or value != value else value for value in row] for row in values]


def strings(frame):
    return frame[CATEGORIES].astype(object).where(frame[CATEGORIES].notna(), None).to_numpy()


scaler = StandardScaler().fit(train[NUMBERS].to_numpy())
imputers = {
    strategy: SimpleImputer(strategy=strategy, add_indicator=strategy == "median").fit(train[NUMBERS].to_numpy())
    for strategy in ("median", "mean")
}
most_frequent = SimpleImputer(strategy="most_frequent", missing_values=None).fit(strings(train))
one_hot = OneHotEncoder(sparse_output=False, handle_unknown="ignore").fit(strings(train))
drop_first = OneHotEncoder(sparse_output=False, handle_unknown="ignore", drop="first").fit(strings(train))
elsewhere = strings(train[train.island != "Torgersen"])
unseen = OneHotEncoder(sparse_output=False, handle_unknown="ignore").fit(elsewhere)
labels = LabelEncoder().fit(train.species)

print(
    json.dumps(
        {
            "versions": {
                "python": platform.python_version(),
                "numpy": numpy.__version__,
                "pandas": pandas.__version__,
                "scikit-learn": sklearn.__version__,
            },
            "numbers": NUMBERS,
            "categories": CATEGORIES,
            "standardiser": {
                "mean": scaler.mean_.tolist(),
                "scale": scaler.scale_.tolist(),
                "test": plain(scaler.transform(test[NUMBERS].to_numpy())),
            },
            "median": {
                "fill": imputers["median"].statistics_.tolist(),
                "test": plain(imputers["median"].transform(test[NUMBERS].to_numpy())),
            },
            "mean": {
                "fill": imputers["mean"].statistics_.tolist(),
                "test": plain(imputers["mean"].transform(test[NUMBERS].to_numpy())),
            },
            "mostFrequent": {
                "fill": most_frequent.statistics_.tolist(),
                "test": plain(most_frequent.transform(strings(test))),
            },
            "oneHot": {
                "categories": [list(c) for c in one_hot.categories_],
                "test": one_hot.transform(strings(test)).astype(int).tolist(),
            },
            "dropFirst": {"test": drop_first.transform(strings(test)).astype(int).tolist()},
            "unseen": {
                "categories": [list(c) for c in unseen.categories_],
                "test": unseen.transform(strings(test)).astype(int).tolist(),
            },
            "labels": {"classes": labels.classes_.tolist(), "test": labels.transform(test.species).tolist()},
        },
        indent=1,
    )
)
