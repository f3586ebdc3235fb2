"""Golden values of the count models: NLTK's interpolated Kneser-Ney, modified Kneser-Ney and PPMI straight from their
papers in dictionaries and dense matrices, SciPy's singular values. Run: python test/golden/make_text_counts.py > test/golden/text-counts.json"""

import json
from collections import Counter, defaultdict

import nltk
import numpy as np
import scipy
from nltk.lm import KneserNeyInterpolated

V = 150
rng = np.random.default_rng(7)
weights = 1 / np.arange(1, V + 1) ** 1.5
follow = [np.roll(weights, 7 * i) for i in range(V)]


def text(length):
    ids = [0]
    while len(ids) < length:
        p = follow[ids[-1]] + 3 * weights
        ids.append(int(rng.choice(V, p=p / p.sum())))
    return ids


train, test = text(1500), text(60)


def ngrams(ids, n):
    return [tuple(ids[i : i + n]) for i in range(len(ids) - n + 1)]


def nltk_probabilities(discount):
    model = KneserNeyInterpolated(3, discount=discount)
    everygrams = [tuple(map(str, g)) for n in (1, 2, 3) for g in ngrams(train, n)]
    model.fit([everygrams], vocabulary_text=[str(i) for i in range(V)])
    return [model.score(str(test[i]), [str(t) for t in test[i - 2 : i]]) for i in range(2, len(test))]


def modified(order):
    """Chen & Goodman (1999), section 3, top down with dictionaries; lowest order mixed with 1 / V."""
    counts = {order: Counter(ngrams(train, order))}
    for n in range(order - 1, 0, -1):
        before = defaultdict(set)
        for gram in set(ngrams(train, n + 1)):
            before[gram[1:]].add(gram[0])
        counts[n] = Counter({gram: len(tokens) for gram, tokens in before.items()})
    discounts = {}
    for n, table in counts.items():
        n1, n2, n3, n4 = (sum(c == k for c in table.values()) for k in (1, 2, 3, 4))
        y = n1 / (n1 + 2 * n2)
        discounts[n] = [0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]

    def p(context, word):
        n = len(context) + 1
        lower = p(context[1:], word) if context else 1 / V
        following = {gram: c for gram, c in counts[n].items() if gram[:-1] == context}
        total = sum(following.values())
        if total == 0:
            return lower
        take = lambda c: discounts[n][min(c, 3)]
        share = sum(take(c) for c in following.values()) / total
        c = following.get(context + (word,), 0)
        return (c - take(c) if c else 0) / total + share * lower

    values = [p(tuple(test[max(0, i - order + 1) : i]), test[i]) for i in range(len(test))]
    return {"discounts": [discounts[n][1:] for n in range(1, order + 1)], "probabilities": values}


def ppmi(window, smoothing):
    counts = np.zeros((V, V))
    for i, word in enumerate(train):
        for j in range(max(0, i - window), min(len(train), i + window + 1)):
            if j != i:
                counts[word, train[j]] += 1
    joint = counts / counts.sum()
    context = counts.sum(0) ** smoothing / (counts.sum(0) ** smoothing).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(np.maximum(0, np.log(joint / (joint.sum(1, keepdims=True) * context))))


sparse = rng.normal(size=(60, 40)) * (rng.random((60, 40)) < 0.2)
matrix = ppmi(2, 0.75)
print(
    json.dumps(
        {
            "made": {"nltk": nltk.__version__, "numpy": np.__version__, "scipy": scipy.__version__},
            "vocabularySize": V,
            "train": train,
            "test": test,
            "nltk": {"discount": 0.1, "probabilities": nltk_probabilities(0.1)},
            "modified": {str(n): modified(n) for n in (2, 3)},
            "ppmi": {"window": 2, "smoothing": 0.75, "rows": matrix.round(10)[:12].tolist(), "sum": matrix.sum()},
            "svd": {"matrix": sparse.round(3).tolist(), "values": scipy.linalg.svdvals(sparse.round(3))[:8].tolist()},
        }
    )
)
