using System.Text;
using Skiff.Python.Interpreter;

namespace Skiff.Python.Tests.Interpreter;

/// <summary>What is refused when a file is loaded: the message names file, line and construct, and nothing but what the function reaches is judged.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("import nltk\ndef f(t):\n    return nltk.word_tokenize(t)\n", 1, "import of nltk is not supported")]
    [InlineData("from nltk.corpus import stopwords\nS = set(stopwords.words('english'))\ndef f(t):\n    return [w for w in t.split() if w not in S]\n", 1, "import of nltk.corpus is not supported")]
    [InlineData("def f(t):\n    import spacy\n    return t\n", 2, "import of spacy is not supported")]
    [InlineData("def f(t):\n    with open(t) as x:\n        return x\n", 2, "'with' statement is not supported")]
    [InlineData("def f(t):\n    class A: pass\n    return t\n", 2, "'class' statement is not supported")]
    [InlineData("class A:\n    pass\ndef f(t):\n    return A()\n", 1, "'class' statement is not supported")]
    [InlineData("def f(t):\n    return open(t)\n", 2, "builtin open is not supported")]
    [InlineData("def f(t):\n    return eval(t)\n", 2, "builtin eval is not supported")]
    [InlineData("def f(t):\n    return getattr(t, 'low' + 'er')()\n", 2, "builtin getattr is not supported")]
    [InlineData("def f(t):\n    return t.__class__\n", 2, "attribute .__class__ is not allowed: names that begin with an underscore are out of reach")]
    [InlineData("def f(t):\n    return t._x()\n", 2, "attribute ._x is not allowed")]
    [InlineData("def f(t):\n    return t.frobnicate()\n", 2, "attribute .frobnicate is not supported")]
    [InlineData("import re\ndef f(t):\n    return re.Scanner(t)\n", 3, "re.Scanner is not supported")]
    [InlineData("from re import template\ndef f(t):\n    return template(t)\n", 1, "re.template is not supported")]
    [InlineData("async def f(t):\n    return t\n", 1, "'async' is not supported")]
    [InlineData("@decorate.it\ndef f(t):\n    return t\n", 1, "decorator @decorate.it is not supported")]
    [InlineData("def f(t):\n    match t:\n        case 'a':\n            return 1\n", 2, "'match' statement is not supported")]
    [InlineData("def f(t):\n    x = yield t\n", 2, "'yield' as a value is not supported")]
    [InlineData("def f(t):\n    return await t\n", 2, "'await' is not supported")]
    [InlineData("def f(t):\n    return 1j\n", 2, "a complex number is not supported")]
    [InlineData("def f(t):\n    t.x = 1\n", 2, "assignment to the attribute .x is not supported")]
    [InlineData("def f(t):\n    return helper(t)\ndef helper(t):\n    return missing(t)\n", 4, "name 'missing' is not defined in this file")]
    [InlineData("from tools import *\ndef f(t):\n    return helper(t)\n", 3, "name 'helper' is not defined in this file (the star import of line 1 is not followed)")]
    [InlineData("from .tools import helper\ndef f(t):\n    return helper(t)\n", 1, "a relative import is not supported")]
    [InlineData("def f(t):\n    return '\\N{BULLET}'\n", 2, "a character by name")]
    [InlineData("def f(t):\n    return t @ t\n", 2, "operator @ is not supported")]
    [InlineData("def f(t):\n    return (t\n", 3, "not Python: '(' was never closed")]
    [InlineData("def f(t):\n    return t +\n", 2, "not Python: invalid syntax")]
    [InlineData("def f(t):\n        x = 1\n    return t\n", 3, "not Python: unindent does not match any outer indentation level")]
    [InlineData("def f(t):\n    return 'abc\n", 2, "not Python: unterminated string literal")]
    [InlineData(":=X = 1\ndef f(t):\n    return X\n", 1, "not Python: invalid syntax")]
    [InlineData("def f(t):\n    return {*t: 1}\n", 2, "not Python: cannot use starred expression here")]
    [InlineData("def f(t):\n    return t[*t:1]\n", 2, "not Python: cannot use starred expression here")]
    [InlineData("def f(t):\n    return {1: 2, 3}\n", 2, "not Python: a display is a set or a dict, not both")]
    [InlineData("def f(t):\n    return [*x for x in t]\n", 2, "not Python: iterable unpacking cannot be used in comprehension")]
    [InlineData("def f(t):\n    break\n", 2, "not Python: 'break' outside loop")]
    [InlineData("X = int('a')\ndef f(t):\n    return X\n", 1, "the top level of the file raised ValueError: invalid literal for int() with base 10: 'a'")]
    [InlineData("X = 0\nwhile True: X += 1\ndef f(t):\n    return X\n", 2, "the top level of the file ran past its budget")]
    public void Load_WhatIsNotInterpreted_NamesFileLineAndConstruct(string source, int line, string reason)
    {
        var exception = Assert.Throws<PySourceException>(() => Python.Load(source));

        Assert.StartsWith($"text_utils.py, line {line}: {reason}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(line, exception.Line);
        Assert.NotEmpty(exception.Construct);
    }

    [Fact]
    public void Load_FunctionIsMissing_SaysSo()
    {
        var exception = Assert.Throws<PySourceException>(() => Python.Load("def g(t): return t\n"));

        Assert.Equal("text_utils.py: the file has no function f at its top level", exception.Message);
    }

    [Fact]
    public void Load_NameIsNoFunction_SaysSo()
    {
        var exception = Assert.Throws<PySourceException>(() => Python.Load("f = 'text'\n"));

        Assert.Equal("text_utils.py: f is not a function", exception.Message);
    }

    [Fact]
    public void Load_BytesAreNotUtf8_SaysSo()
    {
        var exception = Assert.Throws<PySourceException>(() => PyModule.Load([0xFF, 0xFE, 0x00], "a.py", "f"));

        Assert.Equal("a.py: the file is not UTF-8 text", exception.Message);
    }

    [Fact]
    public void Load_ExpressionNestsWithoutEnd_IsRefused()
    {
        foreach (var source in (string[])["def f(t):\n    return " + new string('(', 150) + "t" + new string(')', 150), "def f(t):\n    return " + string.Concat(Enumerable.Repeat("not ", 5000)) + "t",
            "def f(t):\n    return " + string.Concat(Enumerable.Repeat("-", 5000)) + "1", "def f(t):\n    return " + string.Concat(Enumerable.Repeat("lambda: ", 5000)) + "t",
            "def f(t):\n    return t" + string.Concat(Enumerable.Repeat(" + t", 5000)), "def f(t):\n    return t" + string.Concat(Enumerable.Repeat(".lower()", 5000)),
            "def f(t):\n    return " + string.Concat(Enumerable.Repeat("t if t else ", 5000)) + "t"])
        {
            var exception = Assert.Throws<PySourceException>(() => Python.Load(source));
            Assert.Equal("nesting", exception.Construct);
        }
    }

    [Fact]
    public void Load_TheRestOfTheFile_IsNotJudged()
    {
        const string source = """
            from __future__ import annotations
            import os, sys, re
            import asyncio, nltk
            from fastapi import FastAPI, Depends
            from typing import *

            app = FastAPI(title="x")
            model = load("model.joblib")

            class Cleaner(Base, metaclass=Meta):
                @property
                def x(self) -> int: return self._x

                async def go(self):
                    async with a as b, c() as d:
                        yield await b

            @app.post("/predict")
            async def predict(req: Request, db=Depends(get_db)) -> dict[str, int]:
                match req:
                    case {"text": str(text)}:
                        return {"a": (x := 1)}
                    case _:
                        raise HTTPException(422)

            def train(*, epochs: int = 3, **kw): return model.fit(X := 1)
            type Vector = list[float]
            PATTERN: re.Pattern[str] = re.compile(r"\s+")
            print(f"{os.environ['HOME']!r:>{10}} {{x}} {'nested'}")

            def f(t: "str | None" = None, *, keep: dict[str, list[int]] = {}) -> Optional[str]:
                '''Cleans.'''
                n: int = 1
                return PATTERN.sub(" ", t)

            if __name__ == "__main__":
                PATTERN = None
                f = train()
                with open("x") as file: f(file.read())
            """;

        Assert.Equal("a b", Python.Call(Python.Load(source), "a \n b"));
    }

    [Fact]
    public void Load_WindowsLineEndsAndMark_AreRead()
    {
        var source = Encoding.UTF8.GetBytes("\uFEFFimport re\r\ndef f(t):\r\n    x = '''a\r\nb'''\r\n    return t + \\\r\n        x\r\n");

        Assert.Equal("ok 'ta\\nb'", Python.Run(source, "a.py", "f", "t"u8));
    }
}
