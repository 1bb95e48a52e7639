"""spaCy component "docextract_rules": entities of the built-in rules.

    import docextract.spacy_components.rules
    nlp.add_pipe("docextract_rules")

They become `doc.ents` where they agree with the pipeline's tokens and replace entities that they
overlap; all of them, with exact offsets, are in `doc.user_data["docextract_rules"]`.
"""

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from docextract.entities.taggers import find_entities

COMPONENT_NAME = "docextract_rules"


@Language.component(COMPONENT_NAME)
def rules(doc: Doc) -> Doc:
    """Add the rules' entities to `doc.ents`; they replace those that they overlap."""
    found = find_entities(doc.text)
    doc.user_data[COMPONENT_NAME] = found
    spans = [doc.char_span(span.start, span.end, label=span.label) for span in found]
    ours = [span for span in spans if span is not None]
    taken = {token for span in ours for token in range(span.start, span.end)}
    others = [ent for ent in doc.ents if taken.isdisjoint(range(ent.start, ent.end))]
    doc.ents = filter_spans([*ours, *others])
    return doc
