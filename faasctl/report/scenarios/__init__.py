"""How a run of scenarios is shown: to people, to pipelines, as a page."""
