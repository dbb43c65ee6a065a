"""How many, of what, by when, for how long, and at whose expense.

Puts questions to the records, the register and the engines of workforce and mobilisation, and
answers with figures and statements.
"""
