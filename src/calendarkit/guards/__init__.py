"""The built-in guards, registered like those of any plugin."""
