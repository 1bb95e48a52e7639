"""The planter's sectional view, in the manner of patent draughtsmen."""

from itertools import pairwise

from reportlab.lib.colors import black

from sample_docs.make.draw.sheet import Sheet, Type

#: Reference sign -> (where it stands, what it points to), from the figure's top left.
SIGNS = {
    "10": ((20, 8), (92, 34)),
    "12": ((20, 110), (80, 120)),
    "14": ((392, 40), (322, 60)),
    "16": ((392, 76), (280, 92)),
    "18": ((20, 160), (134, 152)),
    "20": ((392, 214), (300, 206)),
    "22": ((212, 262), (212, 212)),
    "24": ((20, 232), (108, 222)),
    "26": ((20, 196), (131, 178)),
    "28": ((392, 250), (312, 232)),
    "34": ((392, 128), (332, 150)),
}


def draw_figure(sheet: Sheet, top: float) -> None:
    """The figure, about 410 points wide and 270 high, in the middle of the page."""
    left = sheet.width / 2 - 205

    def line(*points: tuple[float, float], weight: float = 1.0) -> None:
        for start, end in pairwise(points):
            a, b = (left + start[0], top + start[1]), (left + end[0], top + end[1])
            sheet.line(a, b, weight=weight, colour=black)

    line((70, 30), (90, 250), (330, 250), (350, 30), weight=1.8)
    line((82, 34), (101, 242), (319, 242), (338, 34))
    line((96, 40), (112, 152), (126, 152))
    line((142, 152), (310, 152), (324, 40))
    line((98, 56), (322, 56))
    for at in range(14):
        line((112 + 15 * at, 64 + at % 3 * 22), (118 + 15 * at, 72 + at % 3 * 22), weight=0.6)
        line((108 + 15 * at, 128), (113 + 15 * at, 134), weight=0.6)
    for x in (128, 132, 136, 140):
        line((x, 120), (x - 3, 216), weight=0.7)
    line((106, 196), (110, 232), (316, 216), (314, 180), weight=1.4)
    line((108, 214), (230, 205), weight=0.6)
    for at in range(6):
        line((114 + 18 * at, 220 - at), (126 + 18 * at, 219 - at), weight=0.4)
    sheet.disc((left + 212, top + 224), 4, black)
    sheet.disc((left + 116, top + 222), 5, black)
    line((206, 250), (212, 224), (218, 250))
    line((308, 242), (308, 228), (318, 228))
    line((322, 110), (330, 178), weight=0.8)
    for sign, (where, target) in SIGNS.items():
        start = (where[0] + (14 if where[0] < 200 else -4), where[1] - 4)
        line(start, target, weight=0.4)
        sheet.text(left + where[0], top + where[1], sign, Type("Helvetica", 10, black))
    middle = sheet.width / 2
    sheet.text(middle, top + 284, "FIG. 1", Type("Helvetica-Bold", 13, black), "centre")
