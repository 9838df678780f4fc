"""Functions in real Node: one process for each deployed function, kept between its invocations."""
