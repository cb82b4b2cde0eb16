import unicodedata
import html
import re


def strip_accents(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


def strip_accents_ascii(s):
    return unicodedata.normalize("NFKD", s).encode("ascii", "ignore").decode("utf-8")


def nfkc(s):
    return unicodedata.normalize("NFKC", s).casefold()


EMOJI = re.compile(
    "["
    "\U0001F600-\U0001F64F"  # emoticons
    "\U0001F300-\U0001F5FF"
    "\U0001F680-\U0001F6FF"
    "\U0001F1E0-\U0001F1FF"
    "\u2702-\u27B0"
    "]+",
    flags=re.UNICODE,
)


def remove_emoji(text):
    return EMOJI.sub(r"", text)


def demojize(text):
    mapping = {"😀": ":grin:", "❤": ":heart:"}
    for k, v in mapping.items():
        text = text.replace(k, v)
    return text


def unescape(text):
    return html.unescape(text)


def escape(text):
    return html.escape(text), html.escape(text, quote=False)


def categories(text):
    return [unicodedata.category(c) for c in text]


def digits_to_int(text):
    total = 0
    for c in text:
        total += unicodedata.digit(c, 0)
    return total


def widths(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def reverse(text):
    return text[::-1]


def every_other(text):
    return text[::2], text[1::2], text[-3:], text[:-3], text[5:1:-1]


def positions(text):
    return [text.find("e"), text.rfind("e"), text.count("e"), text.find("e", 3), text.find("e", -4, -1)]


def codepoints(text):
    return [f"U+{ord(c):04X}" for c in text]


def roundtrip(text):
    return "".join(chr(ord(c)) for c in text) == text


def swap(text):
    return text.swapcase(), text.title(), text.capitalize()


def is_all(text):
    return (text.isalpha(), text.isalnum(), text.isdigit(), text.isdecimal(), text.isnumeric(), text.isspace(), text.isupper(), text.islower(), text.istitle(), text.isprintable(), text.isidentifier(), text.isascii())


def lines(text):
    return text.splitlines(), text.splitlines(True)


def words(text):
    return text.split(), text.rsplit(None, 1), text.split(" ", 1), text.partition(" "), text.rpartition(" ")


def encode_modes(text):
    return text.encode("utf-8", "replace"), text.encode("latin-1", "replace"), text.encode("ascii", "xmlcharrefreplace"), text.encode("ascii", "backslashreplace")


def strict_ascii(text):
    return text.encode("ascii").decode("ascii")


def safe_ascii(text):
    try:
        return text.encode("ascii").decode("ascii")
    except UnicodeEncodeError as e:
        return "not ascii: " + str(e)
    finally:
        text = None


def shape(text):
    out = []
    for ch in text:
        if ch.isupper():
            c = "X"
        elif ch.islower():
            c = "x"
        elif ch.isdigit():
            c = "d"
        else:
            c = ch
        if len(out) >= 4 and out[-1] == c and out[-2] == c:
            continue
        out.append(c)
    return "".join(out)
