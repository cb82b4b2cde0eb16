using System.Text;
using Skiff.Numerics;
using Skiff.Python.Interpreter;

namespace Skiff.Python.Tests.Interpreter;

/// <summary>The ways a function is called.</summary>
public sealed class CallTests
{
    private const string CleanText = "import re\ndef f(t):\n    t = t.lower()\n    t = re.sub(r'[^a-z0-9\\s]', '', t)\n    return re.sub(r'\\s+', ' ', t).strip()\n";

    [Fact]
    public void CallText_CleanText_AppendsTheAnswer()
    {
        var answer = new ByteBuffer();
        answer.Append("before "u8);

        Python.Load(CleanText).CallText("  This is GREAT!!  "u8, answer);

        Assert.Equal("before this is great", Encoding.UTF8.GetString(answer.Written));
    }

    [Fact]
    public void CallText_StarInASubscript_IsATupleAsSincePython311() =>
        Assert.Equal("text", Python.Call(Python.Load("def f(t):\n    return {('a',): t}[*['a']]\n"), "text"));

    [Fact]
    public void CallText_SteadyState_AllocatesNothing()
    {
#if DEBUG
        Assert.Skip("needs an optimised build: without optimisation the JIT boxes what it otherwise does not");
#endif
        var function = Python.Load(CleanText);
        var answer = new ByteBuffer();
        for (var i = 0; i < 200; i++)
        {
            answer.Clear();
            function.CallText("This is a GREAT product, I really loved it!! 10/10 would buy"u8, answer);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            answer.Clear();
            function.CallText("This is a GREAT product, I really loved it!! 10/10 would buy"u8, answer);
        }

        // The bag that keeps the context between calls may allocate a node now and then; the call itself does not.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 64);
    }

    [Fact]
    public void CallText_NotAStr_IsATypeError()
    {
        var exception = Assert.Throws<PyRaisedException>(() => Python.Call(Python.Load("def f(t):\n    return 5\n"), ""));

        Assert.Equal("TypeError", exception.TypeName);
        Assert.Contains("the function returned 'int' where the model wants a str", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CallText_Raises_NamesTypeMessageFileAndLine()
    {
        var exception = Assert.Throws<PyRaisedException>(() => Python.Call(Python.Load("def g(t):\n    raise ValueError('no ' + t)\n\ndef f(t):\n    return g(t)\n"), "good"));

        Assert.Equal("text_utils.py, line 2: ValueError: no good", exception.Message);
        Assert.Equal(("ValueError", "no good", "text_utils.py", 2), (exception.TypeName, exception.PythonMessage, exception.FileName, exception.Line));
    }

    [Fact]
    public void CallTokens_List_AppendsEachToken()
    {
        var tokens = new PyTokenList();

        Python.Load("def f(t):\n    return [w for w in t.split() if len(w) > 1]\n").CallTokens("a bc déf"u8, tokens);

        Assert.Equal(2, tokens.Count);
        Assert.Equal("bc", Encoding.UTF8.GetString(tokens[0]));
        Assert.Equal("déf", Encoding.UTF8.GetString(tokens[1]));
    }

    [Theory]
    [InlineData("def f(X):\n    return [x.lower() for x in X]\n", PyColumnKind.List)]
    [InlineData("def f(X):\n    return [x.lower() for x in X]\n", PyColumnKind.Series)]
    [InlineData("def f(X):\n    return X.apply(str.lower)\n", PyColumnKind.Series)]
    [InlineData("def f(X):\n    return X.map(lambda t: t.lower())\n", PyColumnKind.Series)]
    [InlineData("def f(X):\n    return X.astype(str).str.lower()\n", PyColumnKind.Series)]
    [InlineData("def f(X):\n    return X.fillna('').str.lower().str.strip().values\n", PyColumnKind.Series)]
    [InlineData("import pandas as pd\ndef f(X):\n    return pd.Series(X).str.lower().tolist()\n", PyColumnKind.Array)]
    [InlineData("import pandas as pd\ndef f(X):\n    return pd.Series([x.lower() for x in X])\n", PyColumnKind.List)]
    [InlineData("import numpy as np\ndef g(t):\n    return t.lower()\ndef f(X):\n    return np.vectorize(g)(X)\n", PyColumnKind.Array)]
    [InlineData("import numpy as np\ndef f(X):\n    return np.array([t.lower() for t in X.ravel()])\n", PyColumnKind.Array)]
    [InlineData("def f(X):\n    X = X.squeeze()\n    return list(map(str.lower, X.tolist()))\n", PyColumnKind.Series)]
    [InlineData("def f(X):\n    return X.str.replace('[A-Z]', lambda m: m.group().lower(), regex=True)\n", PyColumnKind.Series)]
    [InlineData("def f(X):\n    return [X[i].lower() for i in range(len(X))]\n", PyColumnKind.Series)]
    public void CallTexts_Column_AnswersAColumn(string source, PyColumnKind kind)
    {
        var texts = new PyTokenList();
        texts.Add("Good DAY"u8);
        texts.Add("ok"u8);
        var answer = new PyTokenList();

        Python.Load(source).CallTexts(texts, kind, answer);

        Assert.Equal(2, answer.Count);
        Assert.Equal("good day", Encoding.UTF8.GetString(answer[0]));
        Assert.Equal("ok", Encoding.UTF8.GetString(answer[1]));
    }

    [Fact]
    public void CallTexts_MissingValue_StaysMissingUnderStrAndIsNoneOtherwise()
    {
        var texts = new PyTokenList();
        texts.AddMissing();
        texts.Add("A"u8);
        var answer = new PyTokenList();

        Python.Load("def f(X):\n    return X.str.lower()\n").CallTexts(texts, PyColumnKind.Series, answer);
        Python.Load("def f(X):\n    return ['none' if x is None else x for x in X]\n").CallTexts(texts, PyColumnKind.List, answer);

        Assert.True(answer.IsMissing(0));
        Assert.Equal("a", Encoding.UTF8.GetString(answer[1]));
        Assert.Equal("none", Encoding.UTF8.GetString(answer[2]));
    }

    [Fact]
    public void Call_ModuleState_IsNotSharedBetweenCalls()
    {
        var function = Python.Load("N = 0\ndef f(t):\n    global N\n    N += 1\n    return str(N)\n");

        Assert.Equal("1", Python.Call(function, ""));
        Assert.Equal("1", Python.Call(function, ""));
    }

    [Fact]
    public void Call_ChangesAListOfTheModule_IsARuntimeError()
    {
        var exception = Assert.Throws<PyRaisedException>(() => Python.Call(Python.Load("SEEN = []\ndef f(t):\n    SEEN.append(t)\n    return t\n"), ""));

        Assert.Equal("RuntimeError", exception.TypeName);
        Assert.StartsWith("text_utils.py, line 3: RuntimeError: a list of the module cannot be changed by a call", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_ChangesAVariableOfAModulesClosure_IsARuntimeError()
    {
        var function = Python.Load("def make():\n    n = ''\n    def g(t):\n        nonlocal n\n        n += t\n        return n\n    return g\nf = make()\n");

        var exception = Assert.Throws<PyRaisedException>(() => Python.Call(function, "a"));

        Assert.StartsWith("text_utils.py, line 5: RuntimeError: a variable of the module cannot be changed by a call", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ModuleHoldsAnIterator_IsRefused()
    {
        var exception = Assert.Throws<PySourceException>(() => Python.Load("W = map(str.lower, ['A'])\ndef f(t):\n    return list(W)\n"));

        Assert.StartsWith("text_utils.py: what f reaches holds an iterator at the top level of the file", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_FromManyThreads_AnswersTheSame()
    {
        var function = Python.Load(CleanText);

        Parallel.For(0, 2000, i => Assert.Equal($"text number {i}", Python.Call(function, $"  Text, NUMBER:  {i}! ")));
    }
}
