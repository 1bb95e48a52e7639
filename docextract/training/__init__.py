"""Training of the layout model: data, augmentation, optimisation loop, reporting.

`base` trains the shipped model, `recipe` fine-tunes one on a user's documents; `synthetic`
generates labelled documents.
"""
