"""The platform as a client sees it, over HTTP: domains, sign-in, functions, gateway, bot configurations.

`connect` gives a `Platform`; `EmulatedAccounts` reaches what only the emulator has.
"""
