"""A page image before it is read: upright, level, in a mode that engines take."""
