"""Whether an instrument works, and for whom: plain statistics on counts of people.

A module of its own for each idea. Most of them need SciPy, so that nothing outside imports them at its top:
``app.web.heavy`` says how they are reached.
"""
