"""The built-in painter, registered like any plugin's: layout → layers → base → dynamic layers → proof → picture."""
