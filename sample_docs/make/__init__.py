"""Makes the documents of sample_docs/ and the records a person would write for them.

Run from the root of the repository, after `pip install 'docextract[dev]'`:

    python -m sample_docs.make            # write every file
    python -m sample_docs.make invoice    # only those whose name contains "invoice"

`facts/` holds what the documents say and derives the expected records from it; `draw/` puts
the same facts on paper; `paper.py` brings it to files, with the scans and photographs of
`docextract.training.synthetic`.
`catalogue.py` is the table of all files. Every person, firm and address is invented; telephone
numbers lie in ranges kept free for fiction, web addresses in reserved domains.
"""
