"""Cache of encoder states: a document is encoded once for all stages that score it.

Classification, entities and fields score the same states against different labels. A stage is
handed a document and not its states, so they are kept here for as long as the stages need them.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from docextract import resources
from docextract.document import Document, Origin, Page, SourceType
from docextract.encoding.encoder_input import document_passage
from docextract.models.bi_encoder.inference import BiEncoderEngine

if TYPE_CHECKING:
    from docextract.models.bi_encoder.encoded_passage import EncodedPassage

#: Words whose states are kept, besides those of the last request. A word takes about 7 kB: 1.4
#: pieces, a third of them in two windows, each of 384 numbers of 4 bytes, and its projections for
#: three heads, each 256 such numbers.
MAX_CACHED_WORDS = 20_000
#: Pairs of model and device in use at a time.
_MAX_LOADED = 4


class EncoderCache:
    """A trained bi-encoder with its states of the latest documents. Safe in threads."""

    def __init__(self, folder: Path, device: str) -> None:
        self.engine = BiEncoderEngine(folder, device=device)
        self.folder = folder
        # By identity, which is a document's as long as its pages are kept: `Document.add` hands
        # them on, and held here, no other tuple can get their number.
        self._encoded: OrderedDict[int, tuple[tuple[Page, ...], EncodedPassage]] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def origin(self) -> Origin:
        """The model's name, and enough of its fingerprint to tell it from others of that name."""
        name = f"{self.folder.name}@{self.engine.fingerprint[:8]}"
        return Origin(SourceType.MODEL, name)

    def encode(self, docs: Sequence[Document]) -> list["EncodedPassage"]:
        """Each document as encoded passage; those that are not cached are encoded in one batch."""
        requested = {id(doc.pages): doc for doc in docs}
        with self._lock:
            new = [doc for key, doc in requested.items() if key not in self._encoded]
            made = self.engine.encode([document_passage(doc) for doc in new])
            for doc, encoded in zip(new, made, strict=True):
                self._encoded[id(doc.pages)] = (doc.pages, encoded)
            found = {key: self._encoded[key][1] for key in requested}
            self._evict(requested)
        return [found[id(doc.pages)] for doc in docs]

    def _evict(self, requested: Collection[int]) -> None:
        """Drop the least recently used states until few enough are left; none requested now.

        So a batch of whatever size is encoded once for all stages.
        """
        for key in requested:
            self._encoded.move_to_end(key)
        words = sum(encoded.words for _, encoded in self._encoded.values())
        while words > MAX_CACHED_WORDS and next(iter(self._encoded)) not in requested:
            _, (_, encoded) = self._encoded.popitem(last=False)
            words -= encoded.words


@lru_cache(maxsize=_MAX_LOADED)
def _encoder_cache(folder: Path, device: str) -> EncoderCache:
    return EncoderCache(folder, device)


def encoder_cache(model: str, device: str) -> EncoderCache:
    """The cache of the model called `model`, or in the folder at that path; one for all callers.

    Raises ConfigError when there is none.
    """
    return _encoder_cache(resources.find_model(model).resolve(), device)
