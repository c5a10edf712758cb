"""What a team may write: frozen nouns, their problems and their schema."""
