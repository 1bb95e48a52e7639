"""How a document's kind is told: phrases of the schemas, beside the trained model."""
