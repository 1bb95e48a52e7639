"""Documents that are text: a shop's page in HTML, reviews in Markdown and plain text."""

from html import escape

from sample_docs.make.facts.printed import english, german_long_date, long_date
from sample_docs.make.facts.products import Offer, Review

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{product_name} | {shop}</title>
<style>
  body {{ font: 16px/1.5 "Segoe UI", Arial, sans-serif; color: #23262b; margin: 0 }}
  header {{ background: #20323f; color: #fff; padding: 14px 40px }}
  nav a {{ color: #a9c6d8; margin-right: 18px; text-decoration: none }}
  main {{ display: grid; grid-template-columns: 300px 1fr; gap: 40px; padding: 32px 40px }}
  .price {{ font-size: 30px; font-weight: 600; color: #b3411e }}
  .stock {{ color: #2c7a3f }}
  table {{ border-collapse: collapse }}
  th, td {{ border-bottom: 1px solid #d8dde1; padding: 6px 14px 6px 0; text-align: left }}
  footer {{ background: #eef1f3; padding: 14px 40px; font-size: 13px }}
</style>
<script>window.basket = [];</script>
</head>
<body>
<header>
  <strong>{shop}</strong>
  <nav><a href="/tools">Tools</a><a href="/fixings">Fixings</a><a href="/help">Help</a></nav>
</header>
<main>
  <svg viewBox="0 0 300 220" role="img" aria-label="Picture of the product">
    <rect width="300" height="220" fill="#f1f3f5"/>
    <path d="M40 70h150l40 14v26l-40 14h-60l16 70H96L84 124H40z" fill="#d9822b"/>
    <path d="M230 90h40v14h-40z" fill="#555"/>
    <rect x="84" y="186" width="76" height="22" rx="5" fill="#333"/>
  </svg>
  <section>
    <h1>{product_name}</h1>
    <p>Brand: <a href="/brands">{brand}</a></p>
    <p class="price">€{price}</p>
    <p>incl. VAT, plus delivery</p>
    <p class="stock">Availability: {availability}</p>
    <p>Item no.: {product_number}<br>EAN: {gtin}</p>
    <p>{blurb}</p>
    <h2>Technical data</h2>
    <table>
{rows}
    </table>
  </section>
</main>
<footer>{shop}, 3 Toolmaker Yard, Saltmere &middot; orders@workbench.example</footer>
</body>
</html>
"""


def shop_page(offer: Offer) -> bytes:
    """The page of one product, in UTF-8."""
    rows = "\n".join(
        f"      <tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>"
        for label, value in offer.details
    )
    texts = {
        name: escape(getattr(offer, name))
        for name in ("product_name", "brand", "product_number", "gtin", "availability", "shop")
    }
    page = PAGE.format(**texts, price=english(offer.price), blurb=escape(offer.blurb), rows=rows)
    return page.encode()


def review_markdown(review: Review) -> bytes:
    """An English review in Markdown."""
    stars = "★" * int(review.rating) + "☆" * (5 - int(review.rating))
    lines = [
        f"# {review.title}",
        f"**Product:** {review.product}  ",
        f"**Rating:** {stars} ({review.rating}/5)  ",
        f"**Reviewed by** {review.reviewer} on {long_date(review.day)}",
        *review.paragraphs,
        "## What I like",
        "\n".join(f"- {point}" for point in review.likes),
        "## What I do not like",
        "\n".join(f"- {point}" for point in review.dislikes),
        "*14 of 16 people found this review helpful.*",
    ]
    joined = "\n\n".join(lines).replace("  \n\n", "  \n")
    return f"{joined}\n".encode()


def review_text(review: Review) -> bytes:
    """A German review in plain text, in the encoding of an older Windows program."""
    lines = [
        "Kundenbewertung",
        f"Produkt: {review.product}",
        f"Bewertung: {review.rating} von 5 Sternen",
        f"Von {review.reviewer} am {german_long_date(review.day)}",
        "",
        review.title,
        "",
        *(f"{paragraph}\n" for paragraph in review.paragraphs),
        "3 Kunden fanden diese Bewertung hilfreich.",
    ]
    return "\r\n".join("\n".join(lines).split("\n")).encode("cp1252")
