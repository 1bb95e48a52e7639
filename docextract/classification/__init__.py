"""Classification of documents by kind: phrase matching, kind scores, and what explains them."""
