using Skiff.Python.Interpreter;
using Skiff.Python.Regex;

namespace Skiff.Python.Tests.Interpreter;

/// <summary>Whatever a function does without end, it ends, by the exception that says so.</summary>
public sealed class BudgetTests
{
    private static readonly PyBudgetOptions Small = new() { Steps = 200_000, Bytes = 8 * 1024 * 1024 };

    [Theory]
    [InlineData("    while True: pass")]
    [InlineData("    x = 0\n    while 1: x += 1")]
    [InlineData("    for i in range(10**18): pass")]
    [InlineData("    return f(t)")]
    [InlineData("    return sum(x for x in range(10**15))")]
    [InlineData("    return [x for x in range(10**15)]")]
    [InlineData("    return list(range(10**15))")]
    [InlineData("    return len('a' * 10**9)")]
    [InlineData("    return len('a' * 10**30)")]
    [InlineData("    return len([0] * 10**12)")]
    [InlineData("    t = 'ab'\n    while True: t += t")]
    [InlineData("    t = 'a'\n    while True: t = t + 'a'")]
    [InlineData("    x = []\n    while True: x.append(x)")]
    [InlineData("    x = [0]\n    while True: x.extend(x)")]
    [InlineData("    x = {}\n    while True: x[len(x)] = x")]
    [InlineData("    x = 2\n    while True: x *= x")]
    [InlineData("    return 10 ** 10 ** 10")]
    [InlineData("    return 1 << 10 ** 12")]
    [InlineData("    return 'a'.center(10 ** 12)")]
    [InlineData("    return 'a'.zfill(10 ** 12)")]
    [InlineData("    return '%1000000000d' % 5")]
    [InlineData("    return '%.1000000000f' % 5")]
    [InlineData("    return '{:1000000000}'.format(5)")]
    [InlineData("    return f'{5:1000000000}'")]
    [InlineData("    return '\\t'.expandtabs(10 ** 9)")]
    [InlineData("    return ('a' * 100000).replace('', 'b' * 10000)")]
    [InlineData("    return ('b' * 100000).join(['a'] * 100000)")]
    [InlineData("    x = []\n    for i in range(500): x = [x]\n    return repr(x)")]
    [InlineData("    x = []\n    for i in range(500): x = [x]\n    return x == [x]")]
    [InlineData("    x = []\n    x.append(x)\n    return str(x)")]
    [InlineData("    x = ()\n    for i in range(500): x = (x,)\n    return hash(x)")]
    [InlineData("    x = iter([1])\n    for i in range(5000): x = map(len, x)\n    return list(x)")]
    [InlineData("    x = (i for i in [1])\n    for i in range(5000): x = (i for i in x)\n    return list(x)")]
    [InlineData("    g = lambda x: g(x)\n    return g(1)")]
    [InlineData("    return sorted([1], key=f)")]
    [InlineData("    import re\n    return re.sub('a', lambda m: f(t), 'a')")]
    [InlineData("    import re\n    return re.match(r'(a|aa)+$(\\1)?', 'a' * 5000 + 'b')\n    ")]
    [InlineData("    try:\n        return f(t)\n    except Exception:\n        return f(t)")]
    [InlineData("    while True:\n        try:\n            raise ValueError\n        except ValueError:\n            pass")]
    [InlineData("    import math\n    return math.factorial(10 ** 6)")]
    [InlineData("    import collections\n    return collections.Counter(a=10**12).elements()")]
    [InlineData("    while True:\n        yield 1")]
    [InlineData("    import itertools\n    return list(itertools.chain.from_iterable(['a' * 1000] * 100000))")]
    [InlineData("    return isinstance(1, f) if False else [f(t) for i in t]")]
    public void Call_WithoutEnd_RunsOutOfBudget(string body)
    {
        var function = Python.Load($"def f(t):\n{body}\n", budget: Small);

        try
        {
            var answer = function.CallRepr("abc"u8);
            Assert.Fail("ended with " + answer[..Math.Min(100, answer.Length)]);
        }
        catch (PyBudgetException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
        catch (PyRaisedException exception) when (body.Contains("re.match", StringComparison.Ordinal))
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    [Fact]
    public void Call_OutOfSteps_NamesTheSettingAndTheLine()
    {
        var exception = Assert.Throws<PyBudgetException>(() => Python.Call(Python.Load("def f(t):\n    while True:\n        pass\n", budget: new() { Steps = 1000 }), ""));

        Assert.Equal("line 2: the function took more than 1000 steps (PyBudgetOptions.Steps)", exception.Message);
    }

    [Fact]
    public void Call_OutOfBytes_NamesTheSettingAndTheLine()
    {
        var exception = Assert.Throws<PyBudgetException>(() => Python.Call(Python.Load("def f(t):\n    return 'a' * 10000\n", budget: new() { Bytes = 5000 }), ""));

        Assert.Equal("line 2: the function made more than 5000 bytes (PyBudgetOptions.Bytes)", exception.Message);
    }

    [Fact]
    public void Call_TooDeep_NamesTheSettingAndTheLine()
    {
        var exception = Assert.Throws<PyBudgetException>(() => Python.Call(Python.Load("def f(t):\n    return f(t)\n", budget: new() { CallDepth = 50 }), ""));

        Assert.Equal("line 2: functions call each other more than 50 deep (PyBudgetOptions.CallDepth)", exception.Message);
    }

    [Fact]
    public void Call_DeepestNestingAtGreatestDepth_KeepsTheStack()
    {
        var deep = string.Concat(Enumerable.Repeat("(1 + ", 22)) + "f(t)" + new string(')', 22);
        var function = Python.Load($"def f(t):\n    return {deep}\n", budget: new() { CallDepth = int.MaxValue });
        var thread = new Thread(() => Assert.Throws<PyBudgetException>(() => Python.Call(function, "")), 1024 * 1024);

        thread.Start();
        thread.Join();
    }

    [Fact]
    public void Call_LongChainsInsideBrackets_KeepTheStack()
    {
        var source = "t";
        for (var i = 0; i < 20; i++)
        {
            source = "(" + source + string.Concat(Enumerable.Repeat(" + t", 250)) + ")";
        }

        var function = Python.Load($"def f(t):\n    return {source}\n");
        var thread = new Thread(() =>
        {
            try
            {
                Python.Call(function, "a");
            }
            catch (PyBudgetException exception)
            {
                Assert.Equal("line 2: expressions and calls are nested deeper than the stack allows", exception.Message);
            }
        }, 256 * 1024);

        thread.Start();
        thread.Join();
    }

    [Fact]
    public void Call_AfterABudgetRanOut_StartsAnew()
    {
        var function = Python.Load("def f(t):\n    while t == 'loop': pass\n    return t\n", budget: new() { Steps = 1000 });

        Assert.Throws<PyBudgetException>(() => Python.Call(function, "loop"));
        Assert.Equal("fine", Python.Call(function, "fine"));
    }
}
