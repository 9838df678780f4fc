"""What is known of the platform, as data; every entry names its source.

Sources are the sections of two collections of public facts: *functions-api* (LivePerson Functions' HTTP API)
and *third-party-bots* (the connector). Their certainty marks are kept: D documented, C seen in an official
client's code, M seen in an official client's tests, I inferred, U unknown (then an assumption of ours).
"""
