"""Image normalisation for OCR: 8-bit grey or RGB, rotated and deskewed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_WHITE = 255


def normalise_mode(image: "Image") -> "Image":
    """The image as 8-bit grey ("L") or "RGB", with its EXIF orientation applied.

    Transparent parts become white, 16-bit and floating-point greys are scaled to 8 bits.
    """
    from PIL import ImageOps

    image = ImageOps.exif_transpose(image)
    if image.mode in {"L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode[0] in "IF":
        return _eight_bits(image)
    if image.mode in {"LA", "La", "PA", "RGBA", "RGBa", "P"} or "transparency" in image.info:
        return _on_white(image)
    return image.convert("L" if image.mode == "1" else "RGB")


def rotate_image(image: "Image", rotation: int, skew: float) -> "Image":
    """The image rotated clockwise by `rotation` (0, 90, 180, 270) and then by `skew` degrees.

    `Page.rotation` and `Page.skew` go in here; the page's boxes fit what comes out. The corners
    that deskewing uncovers are white.
    """
    from PIL.Image import Resampling, Transpose

    image = normalise_mode(image)
    turns = {90: Transpose.ROTATE_270, 180: Transpose.ROTATE_180, 270: Transpose.ROTATE_90}
    if rotation:
        image = image.transpose(turns[rotation])  # Pillow turns counter-clockwise
    if skew:
        white = _WHITE if image.mode == "L" else (_WHITE,) * 3
        image = image.rotate(-skew, Resampling.BICUBIC, expand=True, fillcolor=white)
    return image


def _eight_bits(image: "Image") -> "Image":
    """16-bit greys by their upper byte; other ranges stretched from their own darkest to 255."""
    import numpy as np
    from PIL import Image

    values = np.asarray(image).astype(np.float32)
    if image.mode.startswith("I;16"):
        return Image.fromarray((values / 257).astype(np.uint8))
    low, high = float(values.min()), float(values.max())
    if low >= 0 and high <= _WHITE:
        low, high = 0.0, float(_WHITE)
    elif low >= 0 and high <= _WHITE * 257:
        low, high = 0.0, float(_WHITE * 257)
    return Image.fromarray(((values - low) * (_WHITE / max(high - low, 1e-6))).astype(np.uint8))


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")
