"""Word packages that we write: the house style of proposals, and the gate for what goes to the other side."""
