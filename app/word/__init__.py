"""Word packages that we write: house style, redlines, caucus copies, and the gate for what goes to the other side."""
