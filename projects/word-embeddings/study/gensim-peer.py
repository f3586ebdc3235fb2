"""gensim's word2vec on the same text, settings and score as the default run's skip-gram.

    node study/export-text.ts text.json
    python study/gensim-peer.py text.json > study/gensim.json

Needs gensim and NumPy. Three seeds, one thread.
"""

import json
import platform
import sys
import time

import gensim
import numpy as np
from gensim.models import Word2Vec

RATE = 0.042  # what skipGramRate 0 comes to on this text

data = json.load(open(sys.argv[1]))
settings, tokens, counts, classes = (data[key] for key in ("settings", "tokens", "counts", "classes"))
known = [token for token in data["text"] if token != "<unk>"]
sentences = [known[i : i + 10_000] for i in range(0, len(known), 10_000)]  # gensim cuts sentences at 10,000 words


def same_class(vectors, neighbours=10, least_seen=20):
    """As report/same-class.ts: mean share of the ten nearest words that are of the word's class; bootstrap over words."""
    words = [w for w, count in zip(tokens, counts) if w in classes and count >= least_seen]
    rows = np.array([vectors[w] for w in words], dtype=np.float64)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    cosines = rows @ rows.T
    np.fill_diagonal(cosines, -np.inf)
    names = np.array([classes[w] for w in words])
    nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :neighbours]
    scores = (names[nearest] == names[:, None]).mean(axis=1)
    rng = np.random.default_rng(1)
    means = [scores[rng.integers(0, len(scores), len(scores))].mean() for _ in range(1000)]
    low, high = np.percentile(means, [2.5, 97.5])
    return {"words": len(words), "estimate": scores.mean(), "low": low, "high": high}


def peer(seed):
    started = time.process_time()
    model = Word2Vec(
        sentences,
        sg=1,
        vector_size=settings["dimension"],
        window=settings["window"],
        negative=settings["negatives"],
        sample=settings["sample"],
        epochs=settings["epochs"],
        alpha=RATE,
        min_count=1,  # the words below the threshold are gone
        workers=1,
        seed=seed,
    )
    seconds = time.process_time() - started
    return {
        "seed": seed,
        **same_class(model.wv),
        "wordsPerSecond": round(settings["epochs"] * len(data["text"]) / seconds),
        "neighbours": {w: [n for n, _ in model.wv.most_similar(w)] for w in ("be", "have", "man") if w in model.wv},
    }


print(
    json.dumps(
        {
            "made": {"gensim": gensim.__version__, "numpy": np.__version__, "python": platform.python_version()},
            "rate": RATE,
            "settings": {
                key: settings[key] for key in ("minCount", "dimension", "window", "negatives", "sample", "epochs")
            },
            "runs": [peer(seed) for seed in (1, 2, 3)],
        },
        indent=2,
    )
)
