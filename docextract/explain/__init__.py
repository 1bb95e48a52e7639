"""The evidence of one record, for a person: on the terminal, or as a page for a browser.

lookup     which record of a run is meant, and which of its fields
evidence   a record -> what there is to say of each value
reasons    who found a value, and why its rivals lost, in words
printed    that, for a terminal
pictures   the document's pages, drawn by a worker process
page       both, as one HTML file that needs nothing else
"""
