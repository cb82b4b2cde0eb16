import math
import functools
import itertools
from functools import reduce, lru_cache, partial


def collatz(text):
    n = len(text) + 1
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    else:
        steps = -steps
    return steps


def find_vowel(text):
    for i, c in enumerate(text, start=1):
        if c in "aeiou":
            break
    else:
        return "none"
    return i, c


def counter():
    count = 0
    def inc(by=1):
        nonlocal count
        count += by
        return count
    return inc


def closures(text):
    inc = counter()
    for c in text:
        inc()
    inc(by=10)
    fs = [lambda x, k=k: x + k for k in range(3)]
    return inc(0), [f(10) for f in fs]


def varargs(text):
    def f(a, b=2, *args, c, d=4, **kw):
        return a, b, args, c, d, sorted(kw.items())
    return f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*text[:2], **{"c": 1, "z": text[:1]})


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


def recursion(text):
    return fact(min(len(text), 30))


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def fibs(text):
    return [fib(i) for i in range(min(12, len(text)))]


def flatten(x):
    out = []
    for item in x:
        if isinstance(item, (list, tuple)):
            out.extend(flatten(item))
        else:
            out.append(item)
    return out


def nested(text):
    return flatten([text[:1], [text[1:2], (text[2:3], [text[3:4]])]])


def exceptions(text):
    out = []
    for value in [text, "12", "x1", None, [], "3.5"]:
        try:
            out.append(int(value))
        except ValueError as e:
            out.append(f"ValueError: {e}")
        except TypeError:
            out.append("TypeError")
        else:
            out.append("fine")
        finally:
            out.append("|")
    return out


def reraise(text):
    try:
        try:
            return text[100000]
        except IndexError:
            raise
    except LookupError as e:
        return repr(e)


def raises(text):
    if not text.strip():
        raise ValueError("empty text")
    return text


def asserts(text):
    assert len(text) < 20, "too long: %d" % len(text)
    return len(text)


def key_error(text):
    d = {"a": 1}
    return d[text[:1]]


def walrus(text):
    return [y for x in text.split() if (y := x.strip(".,!")) and len(y) > 2]


def gen(text):
    for w in text.split():
        if len(w) > 3:
            yield w.upper()
    yield from ("end", "END")


def generators(text):
    return list(gen(text)), sum(1 for _ in gen(text)), next(gen(text)), dict(zip(gen(text), itertools.islice(gen(text), 2)))


def unpack(text):
    a, *b, c = text.ljust(3, "_")
    (d, e), f = (a, c), b
    [g, h] = d, e
    return a, b, c, d, e, f, g, h


def swap_del(text):
    items = list(text)
    if len(items) > 1:
        items[0], items[-1] = items[-1], items[0]
        del items[1:2]
    items[1:1] = ["<", ">"]
    items[::2] = [c.upper() for c in items[::2]]
    return "".join(items)


def comprehensions(text):
    return ({c: text.count(c) for c in sorted(set(text))}, sorted({len(w) for w in text.split()}), [[c for c in w if c != "a"] for w in text.split()][:3], [(i, j) for i in range(3) for j in range(i) if i != j])


def chained(text):
    n = len(text)
    return 0 < n <= 20, 1 < 2 > 1 == True, not n, n is None, n is not None, None is None


def reducer(text):
    return reduce(lambda a, b: a + b, map(len, text.split()), 0), functools.reduce(lambda a, b: b + a, text, "")


def partials(text):
    f = partial(str.replace, text)
    add = partial(lambda a, b, c=0: (a, b, c), 1, c=9)
    return f("a", "b"), add(2), add(2, c=3)


def maths(text):
    n = len(text)
    return math.sqrt(n), math.floor(n / 3), math.ceil(n / 3), math.log(n + 1), round(n / 7, 3), divmod(n, 7), n ** 2, -n // 3, -n % 3, n / 4, math.pi


def global_state(text):
    global CALLS
    CALLS = CALLS + 1
    return CALLS


CALLS = 10


def ternary(text):
    return "long" if len(text) > 10 else "short" if text else "empty"


def accumulate(text):
    total = 0
    table = [0] * 5
    for c in text:
        total += ord(c)
        table[ord(c) % 5] += 1
        total ^= 3
        total <<= 1
        total &= 0xFFFF
        total |= 1
        total -= 1
        total *= 3
        total //= 2
        total %= 9973
    return total, table


def early(text):
    for w in text.split():
        for c in w:
            if c == "e":
                return w
    return ""


def bool_ops(text):
    return text and text[0], text or "default", (not text) or len(text), [] or {} or 0 or None


def mutable(text, acc=None):
    if acc is None:
        acc = []
    acc.append(text)
    acc += [1, 2]
    acc.insert(0, "first")
    acc.remove(1)
    x = acc.pop()
    acc.reverse()
    return acc, x, acc.index(text), acc.count(text), acc.copy() == acc


def dict_ops(text):
    d = dict.fromkeys(text, 0)
    for c in text:
        d[c] += 1
    d.update({"x": 1}, y=2)
    popped = d.pop("zz", None)
    got = d.get("x"), d.get("q", -1), "y" in d, len(d)
    d2 = {**d, "x": 100}
    last = d2.popitem()
    return got, popped, list(d2)[:4], last, d | {"w": 1} == d, sorted(d.values())


def set_ops(text):
    a, b = set(text), set("aeiou")
    return sorted(a & b), sorted(a | b), sorted(a - b), sorted(a ^ b), a <= b, a.isdisjoint(b), sorted(a.union(b, "z")), sorted(frozenset(a).intersection(b)), {1, 2} < {1, 2, 3}
