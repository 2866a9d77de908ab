"""The redline: what one Word file changes in another, as tracked changes inside the first.

`redline_files`, `redline_texts` and `answer_in_file` are the doors. Behind them: a package is opened, its content cut
into blocks, blocks and then words are aligned, and one sequence of kept, deleted and inserted pieces is written back.
"""
