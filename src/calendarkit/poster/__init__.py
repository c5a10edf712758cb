"""The built-in painter, registered like that of any plugin."""
