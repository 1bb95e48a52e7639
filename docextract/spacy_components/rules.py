"""Our rules as a component of any spaCy pipeline.

    import docextract.spacy_components.rules
    nlp.add_pipe("docextract_rules")

Their finds become `doc.ents` where they agree with the pipeline's tokens and with the entities
that are there already; all of them, with exact offsets, are in `doc.user_data["docextract_rules"]`.
"""

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from docextract.entities.rules import find

NAME = "docextract_rules"


@Language.component(NAME)
def rules(doc: Doc) -> Doc:
    """Add what the rules find; a rule's find wins over an entity that is there already."""
    found = find(doc.text)
    doc.user_data[NAME] = found
    spans = [doc.char_span(span.start, span.end, label=span.label) for span in found]
    ours = [span for span in spans if span is not None]
    taken = {token for span in ours for token in range(span.start, span.end)}
    others = [ent for ent in doc.ents if taken.isdisjoint(range(ent.start, ent.end))]
    doc.ents = filter_spans([*ours, *others])
    return doc
