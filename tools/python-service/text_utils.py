"""The cleaning that the sentiment model names. Keep this file beside the model: the model holds its name, not its code."""

import re

_NOT_KEPT = re.compile(r"[^a-z0-9\s]")
_SPACES = re.compile(r"\s+")


def clean_text(text):
    """Lower case, letters and digits of ASCII only, single spaces."""
    text = text.lower()
    text = _NOT_KEPT.sub("", text)
    return _SPACES.sub(" ", text).strip()
