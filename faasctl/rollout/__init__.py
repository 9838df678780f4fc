"""From what a definition wants to what an account holds.

The stages, in order: `wanted` (the definition with its secrets) and `actual` (what is there, only read) go into
`planning`, which gives a plan: data, a list of changes. `steps` carries out the changes of one step and tells what
happens as events; `journal` is written ahead of each. A dry run is the same plan, not carried out.
"""
