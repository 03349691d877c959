"""Paper: a template becomes a PDF. The only room that knows WeasyPrint."""
