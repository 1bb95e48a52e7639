"""One look at a document for all stages: the model's encoder reads its words once.

Classification, entities and fields ask the same reading for different labels. A stage is handed
a document and not its reading, so readings are held here for as long as the stages need them.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from docextract import resources
from docextract.document import Document, Origin, Page, SourceType
from docextract.encoding.encoder_input import passage_of
from docextract.models.bi_encoder.inference import BiEncoderEngine

if TYPE_CHECKING:
    from docextract.models.bi_encoder.encoded_passage import EncodedPassage

#: Words whose readings are held, besides those that were asked for last. A word takes about 7 kB:
#: 1.4 pieces, a third of them in two windows, each of 384 numbers of 4 bytes, and what three heads
#: see of it, each 256 such numbers.
HELD_WORDS = 20_000
#: Pairs of model and device in use at a time.
_EYES = 4


class Eyes:
    """A trained model with its readings of the documents that it saw last. Safe in threads."""

    def __init__(self, folder: Path, device: str) -> None:
        self.engine = BiEncoderEngine(folder, device=device)
        self.folder = folder
        # By identity, which is a document's as long as its pages are kept: `Document.add` hands
        # them on, and held here, no other tuple can get their number.
        self._held: OrderedDict[int, tuple[tuple[Page, ...], EncodedPassage]] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def origin(self) -> Origin:
        """The model's name, and enough of its fingerprint to tell it from others of that name."""
        name = f"{self.folder.name}@{self.engine.fingerprint[:8]}"
        return Origin(SourceType.MODEL, name)

    def read(self, docs: Sequence[Document]) -> list["EncodedPassage"]:
        """What the model sees in each document; those that are new to it are read in one go."""
        wanted = {id(doc.pages): doc for doc in docs}
        with self._lock:
            new = [doc for key, doc in wanted.items() if key not in self._held]
            made = self.engine.encode([passage_of(doc) for doc in new])
            for doc, reading in zip(new, made, strict=True):
                self._held[id(doc.pages)] = (doc.pages, reading)
            found = {key: self._held[key][1] for key in wanted}
            self._forget(wanted)
        return [found[id(doc.pages)] for doc in docs]

    def _forget(self, wanted: Collection[int]) -> None:
        """Drop the readings longest unused, until those left are few enough; none that is wanted.

        So a batch of whatever size is read once by all stages.
        """
        for key in wanted:
            self._held.move_to_end(key)
        words = sum(reading.words for _, reading in self._held.values())
        while words > HELD_WORDS and next(iter(self._held)) not in wanted:
            _, (_, reading) = self._held.popitem(last=False)
            words -= reading.words


@lru_cache(maxsize=_EYES)
def _eyes(folder: Path, device: str) -> Eyes:
    return Eyes(folder, device)


def eyes(model: str, device: str) -> Eyes:
    """The model called `model`, or in the folder at that path; one object for all who ask.

    Raises ConfigError when there is none.
    """
    return _eyes(resources.model(model).resolve(), device)
