"""Makes the documents of sample_docs/ of the records beside them.

Run from the root of the repository, after `pip install 'docextract[dev]'`:

    python -m sample_docs.make            # write every file
    python -m sample_docs.make invoice    # only those whose name contains "invoice"

`docextract.training.synthetic` lays the pages out; `catalogue` is the table of all files. Every
person, firm and address is invented; telephone numbers lie in ranges kept free for fiction, web
addresses in reserved domains.
"""
