"""The calendar engine: rules, zones and the index; integers, no I/O."""
