"""Input of the bi-encoder: a document's words with their boxes and line numbers."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Passage:
    """The words of a document in reading order.

    Attributes:
        texts: The W words.
        boxes: (W, 4) float32: x0, y0, x1, y1 in thousandths of the page's width and height,
            origin top-left; None for a text without layout.
        lines: (W,) int32: the number of the printed line that each word stands in, ascending.
    """

    texts: tuple[str, ...]
    boxes: npt.NDArray[np.float32] | None
    lines: npt.NDArray[np.int32]

    def __post_init__(self) -> None:
        if self.boxes is not None and self.boxes.shape != (len(self.texts), 4):
            raise ValueError(f"{len(self.texts)} words, but boxes of shape {self.boxes.shape}")
        if self.lines.shape != (len(self.texts),):
            raise ValueError(f"{len(self.texts)} words, but lines of shape {self.lines.shape}")

    def __len__(self) -> int:
        return len(self.texts)

    @classmethod
    def of_text(cls, text: str) -> "Passage":
        """The white-space separated words of a text without layout."""
        words, lines = [], []
        for number, line in enumerate(text.split("\n")):
            for word in line.split():
                words.append(word)
                lines.append(number)
        return cls(tuple(words), None, np.asarray(lines, dtype=np.int32))
