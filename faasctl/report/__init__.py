"""How a run is shown. Data goes to stdout; everything for people goes to stderr."""
