"""Paper: a template becomes a PDF that lasts, is issued under a code, and can be verified years later.

The only room that knows WeasyPrint, pikepdf, segno and pyHanko.
"""
