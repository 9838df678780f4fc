"""What is not known of V1's functions, for the client that reads and writes them; see assumptions.py."""

from __future__ import annotations

from faasctl.facts.assumption import Assumption

LAMBDAS: tuple[Assumption, ...] = (
    Assumption(
        unknown="V1's values of lastDeployment.deploymentState",
        assumed="V2's, in any case of letters; any other is failed where deploymentError stands beside it, "
        "successful where deployedAt does, else under way",
        used_in="client",
        source="ours, after functions-api §4.3 and §6",
    ),
    Assumption(
        unknown="V1's state of a function whose build or deployment failed, on the wire",
        assumed="whatever is neither Productive nor Modified is not deployed, and is deployed by the next run",
        used_in="client",
        source="ours, after functions-api §4.4",
    ),
    Assumption(
        unknown="whether V1 minds what of a lambda is sent back with an update besides the change",
        assumed="all is sent back as it was read, but for state: Draft stays, anything else becomes Modified",
        used_in="client",
        source="functions-api §4.3",
    ),
)
