"""Word packages that we write: house style, redlines, comments, and the gate for what goes to the other side."""
