"""Random content of synthetic documents: parties, articles, identifiers, addresses, notation."""
