import re
from collections import Counter, defaultdict, OrderedDict

CONTRACTIONS = {
    "can't": "cannot", "won't": "will not", "n't": " not", "'re": " are",
    "'s": " is", "'d": " would", "'ll": " will", "'ve": " have", "'m": " am",
}
NEGATIONS = ["not", "no", "never"]
WORDS = list(CONTRACTIONS.keys())
PATTERN = re.compile("(%s)" % "|".join(map(re.escape, WORDS)))
STOP = set("a an the of".split())
STOP.update(["and", "or"])
STOP.discard("of")
for w in NEGATIONS:
    STOP.discard(w)
LOOKUP = {}
for i, word in enumerate(WORDS):
    LOOKUP[word] = i
try:
    LIMIT = int("12")
except ValueError:
    LIMIT = 5
if LIMIT > 10:
    SUFFIXES = ("ing", "ly", "ed", "ious", "ies", "ive", "es", "s", "ment")
else:
    SUFFIXES = ()


def expand(text):
    def replace(match):
        return CONTRACTIONS[match.group(0)]
    return PATTERN.sub(replace, text)


def expand_lambda(text):
    return PATTERN.sub(lambda m: CONTRACTIONS.get(m.group(1), m.group()), text)


def expand_loop(text):
    for key, value in CONTRACTIONS.items():
        if key in text:
            text = text.replace(key, value)
    return text


def stem(word):
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) > len(suffix) + 2:
            return word[:-len(suffix)]
    return word


def stem_all(text):
    return " ".join(stem(w) for w in text.lower().split())


def mark_negation(text):
    tokens, negated = [], False
    for t in re.findall(r"[\w']+|[.,!?;]", text.lower()):
        if t in ".,!?;":
            negated = False
            tokens.append(t)
        elif t in NEGATIONS or t.endswith("n't"):
            negated = True
            tokens.append(t)
        else:
            tokens.append("NOT_" + t if negated else t)
    return tokens


def bag(text):
    c = Counter(text.lower().split())
    return c.most_common(3), c["zzz"], sum(c.values()), sorted(c.items())


def groups(text):
    d = defaultdict(list)
    for w in text.split():
        d[len(w)].append(w)
    return sorted((k, v) for k, v in d.items())


def ordered(text):
    seen = OrderedDict()
    for w in text.split():
        seen.setdefault(w.lower(), len(seen))
    return list(seen.items()), seen


def ngrams(text, n=2):
    tokens = text.split()
    return [" ".join(tokens[i:i + n]) for i in range(len(tokens) - n + 1)]


def char_ngrams(text, low=2, high=3):
    return [text[i:i + n] for n in range(low, high + 1) for i in range(len(text) - n + 1)]


def lookup(text):
    return [LOOKUP.get(w, -1) for w in text.split()]


def uses_stop(text):
    return sorted(w for w in set(text.lower().split()) if w in STOP), len(STOP), "not" in STOP


def dedupe(text):
    seen = set()
    result = []
    for w in text.split():
        if w in seen:
            continue
        seen.add(w)
        result.append(w)
    return " ".join(result)


def longest(text):
    words = text.split()
    return max(words, key=len, default=""), min(words, key=lambda w: (len(w), w), default=None)


def sort_words(text):
    return sorted(text.split(), key=str.lower), sorted(text.split(), reverse=True), sorted(text.split(), key=lambda w: (-len(w), w))


def chunk(text, size=5):
    return [text[i:i + size] for i in range(0, len(text), size)]
