"""Records what CPython answers for the corpora of the interpreter's tests.

Usage: python3.14 record.py DATA   (tests/Skiff.Python.Tests/Interpreter/Data)

Reads DATA/functions/*.py (every top-level function with one required parameter that is called "text", "s" or "x") and DATA/expressions.txt
(an expression a line), and writes DATA/functions.json and DATA/expressions.json. An answer is "ok " and the repr of the value, or "raise " and the
exception's class and text. Texts are base64 of UTF-8, lone surrogates as three bytes.
"""
import ast
import base64
import json
import pathlib
import sys
import types

PREAMBLE = "import re, string, math, unicodedata, html, collections, itertools, functools, operator\n"

TEXTS = [
    "",
    "This is a GREAT product, I really loved it!! 10/10",
    "the quick brown fox can't jump; it won't, and it isn't",
    "  leading and   trailing \t\n spaces ",
    "<p>Hello <b>World</b></p> visit https://example.com/a?b=1 or www.test.org now! #nlp @bob",
    "Caf\u00e9 na\u00efve \u00dcber stra\u00dfe \u00c5ngstr\u00f6m \ufb01n",
    "\u041f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440! \u042d\u0442\u043e \u0422\u0415\u0421\u0422 123",
    "\u4f60\u597d\uff0c\u4e16\u754c \u6771\u4eac\u30bf\u30ef\u30fc \ud55c\uad6d\uc5b4",
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645 \u0661\u0662\u0663 \u05e9\u05dc\u05d5\u05dd",
    "so happy \U0001f600\U0001f680 \u2764\ufe0f soooooo goooood!!!",
    "\u0130stanbul I\u0131i\u0307 \u03a3\u039f\u03a6\u039f\u03a3 \u1e9e \u01c5",
    "line one\nline two\r\nline three\u2028four\x0bfive\x85six\x1cseven",
    "call +1 555-123-4567 or mail john.doe@example.co.uk on 2024-03-15, price -12.50 and 7",
    "Tom &amp; Jerry &lt;3 &#39;quotes&#x27; &eacute;t&eacute &notit; &copy 2024 &nosuch; &#0; &#150;",
    "a",
    "camelCaseString withXMLParser",
    "\u00bd \u2153 \u2460 \u00b2 x\u0302 e\u0301 \u0041\u030a",
    "tab\tseparated\tvalues   and nbsp\u00a0here\u3000wide",
]


def answer(call):
    try:
        return "ok " + repr(call())
    except Exception as error:
        return "raise " + type(error).__name__ + ": " + str(error)


def expressions(data):
    recorded = []
    for line in (data / "expressions.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        scope = {}
        try:
            exec(PREAMBLE + "def f(t):\n    return " + line + "\n", scope)
            recorded.append({"expression": line, "answer": answer(lambda: scope["f"](""))})
        except SyntaxError as error:
            sys.exit(f"{line}: {error}")
    return recorded


def functions(data):
    recorded = []
    for path in sorted((data / "functions").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        # Imports that the interpreter never reaches need not be installed here either.
        tree.body = [n for n in tree.body if not (isinstance(n, (ast.Import, ast.ImportFrom)) and ("sklearn" in ast.dump(n) or "pandas" in ast.dump(n)))]
        code = compile(tree, path.name, "exec")
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef):
                continue
            names = [a.arg for a in node.args.args]
            if not names or names[0] not in ("text", "s") or len(names) - len(node.args.defaults) > 1:
                continue
            cases = []
            for text in TEXTS:
                # A module of its own for each call: calls share nothing.
                module = types.ModuleType(path.stem)
                exec(code, module.__dict__)
                cases.append([base64.b64encode(text.encode("utf-8", "surrogatepass")).decode(), answer(lambda: getattr(module, node.name)(text))])
            # A repr with an address in it is no answer.
            if not any(" at 0x" in expected for _, expected in cases):
                recorded.append({"file": path.name, "function": node.name, "cases": cases})
    return recorded


def main():
    data = pathlib.Path(sys.argv[1])
    for name, recorded in (("expressions", expressions(data)), ("functions", functions(data))):
        with open(data / f"{name}.json", "w", encoding="ascii", newline="\n") as file:
            file.write("[\n" + ",\n".join(json.dumps(entry) for entry in recorded) + "\n]\n")
        print(name, len(recorded))


main()
