"""Text cleaning as most notebooks have it."""
import re
import string

from sklearn.pipeline import Pipeline
import pandas as pd

STOP_WORDS = {"a", "an", "the", "is", "it", "and", "or", "of", "to", "in"}
PUNCT_TABLE = str.maketrans("", "", string.punctuation)
URL = re.compile(r"https?://\S+|www\.\S+")
MULTI = re.compile(r"\s+")


class Cleaner:
    def transform(self, X):
        return [clean_text(x) for x in X]


def clean_text(text: str) -> str:
    text = text.lower()
    text = re.sub(r"[^a-z0-9\s]", "", text)
    text = re.sub(r"\s+", " ", text).strip()
    return text


def remove_punct(text):
    """Remove punctuation."""
    return text.translate(PUNCT_TABLE)


def remove_stop(text, stop=STOP_WORDS):
    return " ".join(w for w in text.split() if w.lower() not in stop)


def strip_urls(text):
    return MULTI.sub(" ", URL.sub(" ", text)).strip()


def strip_html(text):
    text = re.sub(r"<[^>]+>", " ", text)
    return re.sub(" +", " ", text)


def full(text):
    if not isinstance(text, str):
        return ""
    text = strip_html(text)
    text = strip_urls(text)
    text = remove_punct(text)
    text = remove_stop(text)
    return clean_text(text)


def no_digits(text):
    return "".join([ch for ch in text if not ch.isdigit()])


def no_digits_loop(text):
    out = ""
    for ch in text:
        if ch in string.digits:
            continue
        out += ch
    return out


def mentions(text):
    text = re.sub(r"@\w+", "@user", text)
    text = re.sub(r"#(\w+)", r"\1", text)
    return text


def squeeze_letters(text):
    return re.sub(r"(.)\1{2,}", r"\1\1", text)


def keep_words(text):
    return " ".join(re.findall(r"\b\w\w+\b", text))


def ascii_only(text):
    return text.encode("ascii", errors="ignore").decode()


def upper_first(s):
    return s[:1].upper() + s[1:]


def capital_words(s):
    return string.capwords(s)


def first_last(text):
    words = text.split()
    if not words:
        return None
    first, *rest = words
    return first, rest, len(rest), rest[-1] if rest else first


if __name__ == "__main__":
    with open("model.pkl", "wb") as f:
        print(clean_text("x"), file=f)
