"""The nouns that exist at run time; frozen values without behaviour beyond their own shape."""
