"""Reading a page as a browser would before it sends the form back."""

import html5lib

CONTROLS = ("input", "select", "textarea")


def hidden_fields(page: str) -> dict[str, str]:
    """Name and value of each field that the reader does not see in the page's form: the longest one."""
    forms = html5lib.parse(page, namespaceHTMLElements=False).findall(".//form")
    form = max(forms, key=lambda one: sum(len(one.findall(f".//{kind}")) for kind in CONTROLS))
    inputs = {one.get("name"): one.get("value", "") for one in form.iter("input") if one.get("type") == "hidden"}
    kept = {one.get("name"): one.text or "" for one in form.iter("textarea") if one.get("hidden") is not None}
    return inputs | kept
