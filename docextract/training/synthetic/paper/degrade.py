"""Image degradation: thermal printing, flat-bed scanning, photography, JPEG.

Every function takes an RGB or grey picture drawn at `raster.DPI` (300 pixels an inch), draws
all its chance from `seed`, and returns a new picture: the same arguments give the same pixels
with the same versions of NumPy and Pillow.
"""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from docextract.training.synthetic.paper.raster import DPI

Pixels = NDArray[np.floating]


def thermal(image: Image.Image, seed: int) -> Image.Image:
    """Degrade as a thermal printer does: grey, not black, paler in bands, a dead dot or two."""
    rng = np.random.default_rng(seed)
    ink = 1 - _pixels(image.convert("L")) / 255
    bands = _clouds(rng, (ink.shape[0], 1), (12, 1), 0.72, 0.95)
    grain = rng.uniform(0.82, 1.0, ink.shape)
    ink = ink * bands * grain
    for column in rng.integers(0, ink.shape[1], 2):
        ink[:, column : column + 1] *= 0.3
    return _image(244 - 222 * ink).filter(ImageFilter.GaussianBlur(0.8))


def scan(
    image: Image.Image,
    seed: int,
    *,
    dpi: float = 200,
    skew: float = 0.5,
    noise: float = 4.0,
    jpeg_quality: int | None = None,
) -> Image.Image:
    """Degrade as a flat-bed scanner does: skew, resolution, shadows, dust, noise.

    Args:
        image: A page drawn at `raster.DPI`.
        seed: Where all chance comes from.
        dpi: Resolution of the result, at most `raster.DPI`.
        skew: Degrees by which the sheet lay askew, anticlockwise.
        noise: Standard deviation of the sensor's noise, in grey levels of 256.
        jpeg_quality: Passes the result through JPEG of this quality, 1 to 95.
    """
    rng = np.random.default_rng(seed)
    white = 255 if image.mode == "L" else (255, 255, 255)
    turned = image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=white)
    size = (round(image.width * dpi / DPI), round(image.height * dpi / DPI))
    small = turned.resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.45))
    pixels = _pixels(small)
    light = _clouds(rng, pixels.shape[:2], (3, 3), 0.965, 1.0) * _edge_shadow(rng, pixels.shape)
    paper = 12 + pixels * (240 / 255) * _like(light, pixels)
    made = _image(_dusty(rng, paper) + rng.normal(0, noise, pixels.shape))
    return made if jpeg_quality is None else through_jpeg(made, jpeg_quality)


def photo(
    image: Image.Image,
    seed: int,
    *,
    size: tuple[int, int] = (1200, 1600),
    noise: float = 5.0,
    blur: float = 0.9,
) -> Image.Image:
    """Degrade as a snapshot on a table: perspective, curl, shadows, blur, noise.

    Args:
        image: A page drawn at `raster.DPI`.
        seed: Where all chance comes from.
        size: Width and height of the photograph in pixels.
        noise: Standard deviation of the sensor's noise, in grey levels of 256.
        blur: Standard deviation of the lens's blur, in pixels.
    """
    rng = np.random.default_rng(seed)
    corners = _corners(rng, image.size, size)
    paper = _warped(_curled(rng, image.convert("RGB")), corners, size)
    shape = Image.new("L", size)
    ImageDraw.Draw(shape).polygon([tuple(corner) for corner in corners], fill=255)
    shape = shape.filter(ImageFilter.GaussianBlur(1))
    fallen = shape.transform(size, Image.Transform.AFFINE, (1, 0, -14, 0, 1, -18))
    dark = 1 - 0.55 * _pixels(fallen.filter(ImageFilter.GaussianBlur(16))) / 255
    table = _image(_wood(rng, size) * dark[..., None])
    scene = _pixels(Image.composite(paper, table, shape))
    light = _clouds(rng, scene.shape[:2], (4, 3), 0.84, 1.08) * _hand_shadow(rng, scene.shape)
    lit = _image(scene * light[..., None] * np.array([1.0, 0.975, 0.925]))
    taken = _pixels(lit.filter(ImageFilter.GaussianBlur(blur)))
    return _image(taken + rng.normal(0, noise, taken.shape))


def through_jpeg(image: Image.Image, quality: int) -> Image.Image:
    """`image` after JPEG of `quality`."""
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(BytesIO(file.getvalue())).copy()


def _pixels(image: Image.Image) -> Pixels:
    return np.asarray(image, np.float32)


def _image(pixels: Pixels) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).round().astype(np.uint8))


def _like(plane: Pixels, pixels: Pixels) -> Pixels:
    """`plane` with the axis of colours that `pixels` may have."""
    return plane[..., None] if pixels.ndim == 3 else plane


def _clouds(
    rng: np.random.Generator,
    shape: tuple[int, ...],
    cells: tuple[int, int],
    low: float,
    high: float,
) -> Pixels:
    """A smooth field of (rows, columns) between `low` and `high`, with so many cells."""
    coarse = rng.uniform(low, high, (max(cells[0], 1), max(cells[1], 1))).astype(np.float32)
    smooth = Image.fromarray(coarse).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(smooth, np.float32)


def _edge_shadow(rng: np.random.Generator, shape: tuple[int, ...]) -> Pixels:
    """The dim strip where the lid does not close, at the left or the right."""
    across = np.arange(shape[1], dtype=np.float32)
    if rng.random() < 0.5:
        across = across[::-1]
    dim = 1 - rng.uniform(0.15, 0.4) * np.exp(-across / (0.008 * shape[1]))
    return np.broadcast_to(dim, shape[:2])


def _dusty(rng: np.random.Generator, pixels: Pixels) -> Pixels:
    """A few dark specks of a pixel or two, one for about 12 square centimetres at 200 dpi."""
    spotted = pixels.copy()
    for _ in range(int(pixels.shape[0] * pixels.shape[1] / 75_000)):
        row, column = rng.integers(0, pixels.shape[0]), rng.integers(0, pixels.shape[1])
        side = rng.integers(1, 3)
        spotted[row : row + side, column : column + side] *= rng.uniform(0.35, 0.8)
    return spotted


def _corners(
    rng: np.random.Generator, page: tuple[int, int], size: tuple[int, int]
) -> NDArray[np.float64]:
    """Where the page's corners lie in the photograph: clockwise from the top left."""
    scale = 0.86 * min(size[0] / page[0], size[1] / page[1])
    half = np.array(page) * scale / 2
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    angle = np.radians(rng.uniform(3, 6) * rng.choice([-1, 1]))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = signs * half * np.where(signs[:, 1:] < 0, 0.93, 1.0)  # the far edge is shorter
    jitter = rng.uniform(-0.02, 0.02, (4, 2)) * min(size)
    placed: NDArray[np.float64] = corners @ turn.T + jitter + np.array(size) / 2
    return placed


def _warped(image: Image.Image, corners: NDArray[np.float64], size: tuple[int, int]) -> Image.Image:
    """`image` with its corners at `corners`, by the projective map from them to the page."""
    width, height = image.size
    page = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, page, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        values += [u, v]
    coefficients = np.linalg.solve(np.array(rows), np.array(values))
    finer = image.filter(ImageFilter.GaussianBlur(0.4 * height / size[1]))
    return finer.transform(
        size, Image.Transform.PERSPECTIVE, tuple(coefficients), Image.Resampling.BICUBIC
    )


def _curled(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    """Paper that does not lie flat: lines bend a little and its shade rolls along it."""
    width, height = image.size
    down = np.arange(height) / height
    sway = rng.uniform(0.004, 0.008) * width * np.sin(2 * np.pi * (down + rng.random()))
    columns = np.clip(np.arange(width)[None, :] - sway[:, None], 0, width - 1).astype(int)
    bent = np.take_along_axis(_pixels(image), columns[..., None], axis=1)
    shade = 1 - 0.07 * (1 + np.sin(2 * np.pi * (1.5 * down + rng.random())))
    return _image(bent * shade[:, None, None])


def _wood(rng: np.random.Generator, size: tuple[int, int]) -> Pixels:
    """A table top: long grain in browns."""
    shape = (size[1], size[0])
    grain = _clouds(rng, shape, (4, size[0] // 6), -22, 22) + _clouds(rng, shape, (3, 9), -14, 14)
    wood: Pixels = np.array([134, 97, 66]) + grain[..., None] * np.array([1.0, 0.8, 0.6])
    return wood


def _hand_shadow(rng: np.random.Generator, shape: tuple[int, ...]) -> Pixels:
    """The soft shadow of whoever holds the telephone, from a corner at the bottom."""
    down, across = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    side = across / shape[1] if rng.random() < 0.5 else 1 - across / shape[1]
    depth = side + down / shape[0] - rng.uniform(1.1, 1.3)
    light: Pixels = 1 - 0.38 / (1 + np.exp(-depth / 0.05))
    return light
