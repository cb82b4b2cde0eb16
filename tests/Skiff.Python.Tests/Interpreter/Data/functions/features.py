import re, string


def stats(text):
    words = text.split()
    n = len(words)
    return {
        "chars": len(text),
        "words": n,
        "avg": round(sum(len(w) for w in words) / n, 4) if n else 0.0,
        "upper": sum(1 for c in text if c.isupper()),
        "punct": sum(c in string.punctuation for c in text),
        "digits": sum(map(str.isdigit, text)),
        "exclaim": text.count("!"),
        "caps_ratio": f"{sum(c.isupper() for c in text) / max(len(text), 1):.2%}",
    }


def fmt(text):
    n = len(text)
    x = n / 7
    return (f"{text!r:>20}|{n:05d}|{x:.3f}|{x:10.2e}|{n:,}|{x!s:^12.6}|{n:#x}|{n:b}|{text[:3]:*^9}|{{}}|{n=}|{x:g}|{n:+d}|{'nested ' + str(n):<12}|{n:{n % 5 + 1}d}",
            "%s-%r-%5d-%-5d|%05.1f|%x|%%|%c" % (text, text[:2], n, n, x, n, 65), "%(a)s %(b)d" % {"a": text, "b": n},
            "{} {0}".format(text) if False else "{0}:{1:>6}:{0!r}".format(text[:2], n), "{a[0]} {b[k]}".format(a=[n], b={"k": text[:1]}))


def parse_numbers(text):
    return [float(x) if "." in x else int(x) for x in re.findall(r"-?\d+(?:\.\d+)?", text)]


def dates(text):
    m = re.search(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", text)
    if m:
        return m.group("y"), m.groups(), m.groupdict(), m.span(), m.start("m"), m.end(), m[0], m.lastgroup, m.lastindex
    return None


def tokens(text):
    return [(m.group(), m.start(), m.end()) for m in re.finditer(r"\w+|[^\w\s]", text)]


def splits(text):
    return re.split(r"[,;.!?]\s*", text), re.split(r"(\s)", text, maxsplit=2), re.subn(r"\d", "#", text), re.split("x*", text[:6])


def flags(text):
    return re.findall("^[a-z]+", text, re.I | re.M), re.sub(r"(?i)THE", "<the>", text), bool(re.match(r"\w+$", text)), re.fullmatch(r"[\w\s]*", text, flags=re.ASCII) is None


def camel(text):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", text).lower()


def masked(text):
    text = re.sub(r"[\w.+-]+@[\w-]+\.[\w.-]+", "EMAIL", text)
    text = re.sub(r"\+?\d[\d -]{6,}\d", "PHONE", text)
    return re.sub(r"\b(\d+)\b", lambda m: str(int(m.group(1)) * 2), text)


def templated(text):
    return re.sub(r"(\w+) (\w+)", r"\2 \1", text), re.sub(r"(?P<first>\w)(\w*)", r"\g<2>\g<first>ay", text), re.sub("a|e", "\\n", text)


def escapes(text):
    return re.escape(text), re.compile(re.escape(text)).search("x" + text) is not None


def vowels(text):
    table = str.maketrans("aeiou", "43!0u", "xyz")
    return text.translate(table), text.translate({ord("a"): None, ord("b"): "bb", ord("c"): 0x64})


def strips(text):
    return text.strip(), text.lstrip(), text.rstrip(), text.strip("a !"), text.lstrip("aeiou"), text.rstrip("!?. "), text.removeprefix("the"), text.removesuffix("!")


def pads(text):
    return text.center(12, "*"), text.ljust(12) + "|", text.rjust(12, "é"), text.zfill(12), text.expandtabs(4)


def replaces(text):
    return text.replace("e", "3"), text.replace("e", "", 1), text.replace("", "-"), text.replace("", "-", 3), text.replace("ee", "e")


def tests(text):
    return text.startswith("t"), text.startswith(("t", "T")), text.endswith(("!", "?", ".")), text.startswith("h", 1), text.endswith("e", 0, -1), "e" in text, "" in text


def joins(text):
    return "-".join(text), ", ".join(sorted(set(text.split()))), "".join(reversed(text)), " ".join(w[0].upper() + w[1:] for w in text.split() if w)


def compare(text):
    return text < "m", text == text.lower(), text != "x", text >= "a", max(text, default=""), min(text, default=""), sorted(text)[:5]


def rot13(text):
    out = []
    for c in text:
        if "a" <= c <= "z":
            out.append(chr((ord(c) - ord("a") + 13) % 26 + ord("a")))
        elif "A" <= c <= "Z":
            out.append(chr((ord(c) - 65 + 13) % 26 + 65))
        else:
            out.append(c)
    return "".join(out)


def vowel_runs(text):
    runs, current = [], ""
    i = 0
    while i < len(text):
        if text[i].lower() in "aeiou":
            current += text[i]
        elif current:
            runs.append(current)
            current = ""
        i += 1
    if current:
        runs.append(current)
    return runs


def levenshtein(text, other="great"):
    a, b = text[:8], other
    prev = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        cur = [i]
        for j, cb in enumerate(b, 1):
            cur.append(min(prev[j] + 1, cur[j - 1] + 1, prev[j - 1] + (ca != cb)))
        prev = cur
    return prev[-1]


def pluralize(text):
    w = text.split()[-1] if text.split() else "item"
    if re.search("[sxz]$", w) or re.search("[^aeioudgkprt]h$", w):
        return w + "es"
    elif w.endswith("y") and w[-2:-1] not in "aeiou":
        return w[:-1] + "ies"
    return w + "s"


def slug(text):
    text = re.sub(r"[^\w\s-]", "", text.lower())
    return re.sub(r"[-\s]+", "-", text).strip("-_")


def initials(text):
    return "".join(p[0] for p in text.upper().split() if p[0].isalpha())


def all_any(text):
    ws = text.split()
    return all(w.isalpha() for w in ws), any(w.isupper() for w in ws), all([]), any([]), [bool(x) for x in ("", 0, 0.0, None, [], {}, (), "0", [0])]


def zips(text):
    ws = text.split()
    return list(zip(ws, ws[1:])), list(zip(*[(1, "a"), (2, "b")])), list(enumerate(ws))[-2:], list(map(lambda a, b: a + b, ws, ws[1:])), list(filter(None, ["", text[:1]]))
