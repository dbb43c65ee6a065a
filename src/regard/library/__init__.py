"""The library of editions: what is demanded, in which words, and by which rule it is judged."""
