"""Writes patterns, texts and what CPython's re answers, one JSON object a line.

    python3.14 tools/regex/generate_cases.py SEED COUNT            random cases on standard output
    python3.14 tools/regex/generate_cases.py --record FILE.gz      the fixed list and a recorded run of random ones

A line is {"p": pattern, "f": flags, "e": error} or {"p", "f", "g": groups, "n": names, "t": [answers of a text]}. An answer is
{"s": text, "search", "match", "full": places or null, "all": [places], "split": [...], "sub": [[template, count, result or error]]}.
Places are [start, end] of every group in code points, and the last group's number, flattened; text is escaped as JSON does it.
"""

import gzip
import json
import random
import re
import sys
import warnings

warnings.simplefilter("ignore")

FLAGS = (0, 0, 0, re.I, re.I, re.M, re.S, re.A, re.I | re.A, re.X, re.I | re.M | re.S)
ATOMS = list("aaabbbc1 _-") + ["\u00e9", "\u0431", "\u017f", "K", "s", "k", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", ".", ".", "[ab]", "[^ab]",
         "[a-c]", "[\\w-]", "[^\\d]", "[\\s\\S]", "[\u0430-\u044f]", "[A-Z]", "[^A-Z_]", "[\U0001f600-\U0001f64f]", "\\x61", "\\u0431", "\\101", "\\.", "\U0001f600",
         "\u03c3", "\u0130", "[i\u0131]", "[\U00010400-\U00010410]", "\U00010428", "\u1e9e"]
ANCHORS = ["^", "$", "\\b", "\\B", "\\A", "\\Z", "\\z"]
QUANTIFIERS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}", "{,2}", "{1,3}?", "{2,}?", "{0}", "{3}"]
POSSESSIVE = ["*+", "++", "?+", "{1,2}+", "{2,}+"]
ALPHABETS = ["ab", "aab", "abc1 _", "aAbB", "ab\n", "a\u00e9\u0431b", "sS\u017fkK\u212a", "\u03c3\u03c2\u03a3", "a\U0001f600b", "iI\u0130\u0131", "abc-_. 12\t\n",
             "\u00df\u1e9ea", "\U00010400\U00010428a", "\ud800a", "\u0661a\u00a0 \u2003"]
TEMPLATES = ["", "x", "<\\g<0>>", "\\1", "[\\1\\2]", "\\g<1>-", "\\\\n\\n", "\\g<n1>", "\\101\\0", "\u0431\\g<0>"]
BROKEN = ["(", ")", "[", "*", "a**", "a{2,1}", "(?P<n1>a)(?P<n1>b)", "(?P<1>a)", "(?P=x)", "\\8", "(?<=a*)b", "(?i", "(?z)", "[b-a]", "\\x1", "\\u12", "\\U00110000",
          "(?P<a", "(?<x>a)", "(?(9)a)", "(?(1)a|b|c)", "a|*", "(?", "(?P", "(?#", "\\", "[\\", "(?i-i:a)", "(?-a:b)", "(?au:x)", "a(?i)b", "[\\d-z]", "\\q", "[\\q]", "x{99999999999}",
          "(?L)a", "(?a", "(?i-", "(?-i", "(?iq)", "(?i-q:a)", "(?:", "(?=", "(?<", "(?<!", "(?>", "(?(a", "(?(", "(?()a)", "(?(0)a)", "(a)(?<=\\1b*)", "(?<=(a)\\1)b", "(\\1)", "(?P<n>(?P=n))",
          "\\400", "[\\400]", "[\\8]", "+a", "a{1}{2}", "(?P<a-b>x)", "(?P<>x)", "(?Px)", "(?P=)", "(?P=a", "\\N", "[z-\\d]", "a\n(", "(?x) a\n # c\n *", "(?P<n\u00e9>a)(", "((a)", "(?(1)a", "(?(1)a|b",
          "(?(\u0661)a)", "(?i:a", "^*", "\\b+", "$?", "(?:^)*", "(?=a)*", "(?<=a|bc)d", "(?<=ab|cd)e", "(?<=(?=a)b)", "(?<!a{2})b", "(?<!a+)b", "[]", "[^]", "[]a]", "[^]a]", "[a-]", "[-a]", "[a-\\]]",
          "{", "{}", "a{", "a{,", "a{1", "a{1,", "a{,}", "a{ 1}", "a{,}b", "x{0,0}", "(?i)(?m)a", " (?i)a", "(?x) (?i)a", "(?s:.)(?-s:.)", "(?a:\\w)(?u:\\w)", "(?i:a)b", "(?m:^)a", "\\Z\\z\\A",
          "(?#comment)a", "a(?#c)*", "(?x)a # b\n c", "[[a]", "[a--b]", "[a&&b]", "(?P<n1>a)|(?P=n1)"]

FIXED = [
    (r"(a*)*", ["", "aa", "b"]), (r"(a|b*)*", ["", "ab", "abb"]), (r"(?:a|(b))*", ["aba", "ab", ""]), (r"(a)|b", ["b", "a", "ab"]), (r"(?:(a)|b)*", ["ab", "ba", "abab"]),
    (r"((a)|b)*?c", ["abc", "bac"]), (r"(a?)*?b", ["ab", "aab", "b"]), (r"(a*?)+b", ["aab", "b"]), (r"(?:a*?)+?$", ["aaa", ""]), (r"(a*)+?b", ["aab", "c"]), (r"()*a", ["a", "ba"]), (r"(|a)*", ["aa", ""]), (r"(|a)+", ["aa", ""]),
    (r"(?:|a)*?b", ["aab"]), (r"(a|ab)(c|bcd)(d*)", ["abcd"]), (r"(?=(a+))a*b\1", ["aabaa", "baaabac"]), (r"(?!(a)b)a", ["ac", "ab"]), (r"(?:(?!(a)b)[ab])*", ["aab", "baa"]), (r"(?<=(a))b", ["ab"]), (r"(?<!(a))b", ["ab", "cb"]),
    (r"(a)?(?(1)b|c)", ["ab", "c", "b", "ac"]), (r"(?:(a)|x)(?(1)b|c)", ["ab", "xc", "xb"]), (r"(?>a+)b", ["aab", "aac"]), (r"(?>a|ab)c", ["abc", "ac"]), (r"a++b", ["aab"]), (r"(?:ab)++c", ["ababc"]), (r"(a|b){2}+", ["abab"]), (r"(?:a?){3}+a", ["aaaa"]),
    (r"(?:(a)(b)?)*", ["aba", "abab"]), (r"(?:(a)|(b)|(c))*", ["abc", "cab"]), (r"(a(b)?)+", ["aba", "ab"]), (r"(?:(x)|(y)\1)*", ["xyx", "xyxyx"]), (r"^(?:a?){20}a{20}$", ["a" * 20, "a" * 30]), (r"(a+)+$", ["aaaa", "aaab"]),
    (r"\b", ["", "a b", "é б"]), (r"\B", ["", "a b", "ab"]), (r"^", ["", "a\nb\n"]), (r"(?m)^", ["", "a\nb\n"]), (r"$", ["a\n", "\n", "a\n\n"]), (r"(?m)$", ["a\nb\n"]), (r"", ["", "ab", "é"]), (r"x*", ["axb", "xx", ""]), (r"\b|a", ["a a", "aa"]), (r"a|\b", ["a a", "aa"]),
    (r"(?i)straße", ["STRASSE", "STRAßE", "STRAẞE"]), (r"(?i)[ß]", ["ẞ", "ß", "ss"]), (r"(?i)[^ß]", ["ẞ", "a"]), (r"(?i)k", ["K", "\u212a", "k"]), (r"(?i)\u212a", ["k", "K"]), (r"(?ia)k", ["\u212a", "K"]), (r"(?i)[a-z]+", ["ſK\u212aa", "İı"]), (r"(?i)i", ["İ", "ı", "I"]), (r"(?i)İ", ["i", "İ", "ı", "I"]),
    (r"(?i)(σ)\1", ["σς", "Σσ", "ςΣ"]), (r"(?i)[\W_]+", ["a_ B"]), (r"(?i)[^\W\d]+", ["aB1"]), (r"(?i)ﬅ", ["ﬆ", "ﬅ"]), (r"(?i)[\U00010400-\U00010427]", ["\U00010428", "\U00010400"]), (r"(?i)[\U00010428]", ["\U00010400"]), (r"(?i)[^\U00010428-\U0001042f]", ["\U00010400a"]), (r"(?i)µ", ["μ", "Μ", "µ"]),
    (r"(?u)\b\w\w+\b", ["Hello, a wörld of ab_c 12", "東京 x"]), (r"[^a-z0-9\s]", ["a-b c!", "é x"]), (r"\s+", ["a  b\t\nc\u00a0\u2003d"]), (r"https?://\S+|www\.\S+", ["see http://a.b/c and www.x.y"]), (r"<.*?>", ["<a>b</a>"]), (r"(\w+)\s\1", ["the the cat", "a b"]), (r"(?P<n1>\d+)-(?P<n2>\d+)", ["10-20 30-4"]),
    (r"(?<=\d)(?=(?:\d{3})+$)", ["1234567"]), (r"(?<![\w.])\d+", ["a1 2 .3"]), (r"@\w+|#\w+", ["@bob #tag x"]), (r"(.)\1{2,}", ["heyyyy soooo"]), (r"[\U0001F600-\U0001F64F]+", ["a\U0001f600\U0001f601b"]), (r"\d{2,4}", ["1 12 123 12345"]), (r"(?:\d{1,3}\.){3}\d{1,3}", ["10.0.0.255 1.2.3"]), (r"(a|b|ab)*c", ["ababc", "abab"]),
    (r"(?s).*", ["a\nb"]), (r".*", ["a\nb", ""]), (r".+?b", ["aab"]), (r"(?:a|b)*?b{2}", ["ababb"]), (r"[]]", ["]"]), (r"[^]]", ["]a"]), (r"[a\-z]+", ["a-z b"]), (r"\A\s*\Z", ["  ", " a"]), (r"(?=.*\d)(?=.*[a-z]).{4,8}", ["ab1c", "abcd"]), (r"((((((((((a))))))))))\10", ["aa", "a"]),
    (r"(a{0,2}){2,3}", ["aaaaaa", "a", ""]), (r"(a{0,2}?){2,3}b", ["aab", "b"]), (r"(?:(a)|b){2,}?c", ["abc", "bac"]), (r"(?:a(?=(b))|b){2,3}", ["abab"]), (r"(?:(?>(a)|b))*c", ["abac", "ab"]), (r"(?:(?=(a))a|b)*", ["aba"]), (r"(a)(?:(?=\1)a)+", ["aaa"]),
]


def random_pattern(rng):
    groups = [0]
    names = []

    def sequence(depth):
        return "".join(item(depth) for _ in range(rng.choice((0, 1, 1, 2, 2, 3))))

    def alternatives(depth):
        return "|".join(sequence(depth) for _ in range(rng.choice((1, 1, 1, 2, 2, 3))))

    def fixed(depth):
        width = rng.choice((1, 1, 2))
        return "|".join("".join(rng.choice(ATOMS) for _ in range(width)) for _ in range(rng.choice((1, 1, 2))))

    def group(depth):
        kind = rng.random()
        if kind < 0.4:
            groups[0] += 1
            return "(" + alternatives(depth - 1) + ")"
        if kind < 0.5:
            groups[0] += 1
            names.append(f"n{len(names) + 1}")
            return f"(?P<{names[-1]}>" + alternatives(depth - 1) + ")"
        if kind < 0.7:
            return "(?:" + alternatives(depth - 1) + ")"
        if kind < 0.76:
            return rng.choice(("(?=", "(?!")) + alternatives(depth - 1) + ")"
        if kind < 0.82:
            return rng.choice(("(?<=", "(?<!")) + fixed(depth) + ")"
        if kind < 0.88:
            return "(?>" + alternatives(depth - 1) + ")"
        if kind < 0.93:
            return rng.choice(("(?i:", "(?-i:", "(?s:", "(?m:", "(?a:", "(?i-s:")) + alternatives(depth - 1) + ")"
        if groups[0]:
            return f"(?({rng.randint(1, groups[0])})" + sequence(depth - 1) + rng.choice(("", "|" + sequence(depth - 1))) + ")"
        return "(?:" + alternatives(depth - 1) + ")"

    def item(depth):
        kind = rng.random()
        if kind < 0.08:
            return rng.choice(ANCHORS)
        if kind < 0.13 and groups[0]:
            base = f"\\{rng.randint(1, groups[0])}" if not names or rng.random() < 0.7 else f"(?P={rng.choice(names)})"
        elif kind < 0.4 and depth > 0:
            base = group(depth)
        else:
            base = rng.choice(ATOMS)
        if rng.random() < 0.4:
            base += rng.choice(QUANTIFIERS if rng.random() < 0.85 else POSSESSIVE)
        return base

    pattern = alternatives(rng.choice((1, 2, 2, 3)))
    if rng.random() < 0.05:
        pattern = rng.choice(("(?i)", "(?m)", "(?s)", "(?x)", "(?im)", "(?a)")) + pattern
    if rng.random() < 0.04:
        place = rng.randrange(len(pattern) + 1)
        pattern = pattern[:place] + rng.choice(("(", ")", "[", "]", "*", "+", "{2}", "\\", "|", "?", "{")) + pattern[place:]
    return pattern


def places(match):
    if match is None:
        return None
    return [x for i in range(match.re.groups + 1) for x in match.span(i)] + [match.lastindex or -1]


def answers(compiled, text, rng):
    answer = {"s": text, "search": places(compiled.search(text)), "match": places(compiled.match(text)), "full": places(compiled.fullmatch(text)),
              "all": [places(match) for match in compiled.finditer(text)], "split": compiled.split(text), "sub": []}
    for template in rng.sample(TEMPLATES, 2):
        count = rng.choice((0, 0, 1))
        try:
            answer["sub"].append([template, count, compiled.sub(template, text, count=count)])
        except (re.error, IndexError) as error:
            answer["sub"].append([template, count, None, f"{type(error).__name__}: {error}"])
    if text:
        start, end = sorted(rng.choices(range(len(text) + 1), k=2))
        answer["part"] = [start, end, places(compiled.search(text, start, end)), places(compiled.match(text, start, end)), places(compiled.fullmatch(text, start, end))]
    return answer


def case(pattern, flags, texts, rng):
    try:
        compiled = re.compile(pattern, flags)
    except (re.error, ValueError, OverflowError) as error:
        return {"p": pattern, "f": int(flags), "e": f"{type(error).__name__}: {error}"}
    return {"p": pattern, "f": int(flags), "cf": compiled.flags, "g": compiled.groups, "n": dict(compiled.groupindex), "t": [answers(compiled, text, rng) for text in texts]}


def random_texts(rng, count):
    return ["".join(rng.choices(rng.choice(ALPHABETS), k=rng.choice((0, 1, 2, 3, 5, 8, 12)))) for _ in range(count)]


def random_cases(seed, count):
    rng = random.Random(seed)
    for _ in range(count):
        yield case(random_pattern(rng), rng.choice(FLAGS), random_texts(rng, rng.choice((2, 3))), rng)


def fixed_cases():
    rng = random.Random(7)
    for pattern, texts in FIXED:
        for flags in (0, re.I, re.A, re.M | re.S):
            yield case(pattern, flags, texts, rng)
    for pattern in BROKEN:
        for flags in (0, re.X):
            yield case(pattern, flags, ["ab", "a\nb-]"], rng)
    for flags in (re.L, re.A | re.U, re.U, re.DEBUG & 0):
        yield case("a", flags, ["a"], rng)


def line(item):
    return json.dumps(item, separators=(",", ":")) + "\n"


def main():
    if sys.argv[1] == "--record":
        with open(sys.argv[2], "wb") as raw, gzip.GzipFile("", "wb", 9, raw, 0) as out:
            for item in (*fixed_cases(), *random_cases(20260101, 5000)):
                out.write(line(item).encode("ascii"))
        return
    for item in random_cases(int(sys.argv[1]), int(sys.argv[2])):
        sys.stdout.write(line(item))


if __name__ == "__main__":
    main()
