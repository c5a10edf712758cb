"""The verbs of the chain, pure; one file is one public function, and they do not import each other."""
