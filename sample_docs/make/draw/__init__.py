"""How the documents look, apart from what they say."""
