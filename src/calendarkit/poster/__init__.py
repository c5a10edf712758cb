"""The built-in painter, registered like that of any plugin: layout → layers → base → dynamic layers → picture → proof."""
