"""JavaScript on this machine: finding Node, and reading a function's code without running it."""
