"""Typesetting: nominal pages with boxes for formats that have no layout."""
