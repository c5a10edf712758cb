"""The world: files, ledger, network, plugins, clock."""
