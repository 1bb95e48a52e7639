"""The classic way to tell kinds apart: weighted words and a linear model.

TF-IDF over single words and pairs of words (Salton and Buckley, 1988, with sublinear counts),
and logistic regression with classes weighted alike, by scikit-learn. It learns its kinds from
texts, so it needs some of each; the pipeline's kinds are sentences.
"""

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from docextract.document import UNKNOWN
from docextract.evaluation.metrics.classification import KindPrediction
from docextract.training.data.examples import Example


class Linear:
    """Made of labelled examples."""

    def __init__(self, train: Sequence[Example]) -> None:
        self._model = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
            LogisticRegression(class_weight="balanced", C=10, max_iter=1000),
        )
        self._model.fit([_text(example) for example in train], [e.kind for e in train])

    def __call__(self, examples: Sequence[Example]) -> list[KindPrediction]:
        """What it takes each example for."""
        shares = self._model.predict_proba([_text(example) for example in examples])
        names = list(self._model.classes_)
        unknown = names.index(UNKNOWN) if UNKNOWN in names else None
        return [
            KindPrediction(
                example.name,
                example.kind or UNKNOWN,
                names[row.argmax()],
                0.0 if unknown is None else float(row[unknown]),
            )
            for example, row in zip(examples, shares, strict=True)
        ]


def _text(example: Example) -> str:
    return " ".join(example.passage.texts)
