"""For third parties: contracts to inherit and an in-memory world."""
