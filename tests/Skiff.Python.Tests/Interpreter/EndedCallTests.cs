using System.Globalization;
using Skiff.Numerics;
using Skiff.Python.Interpreter;
using Skiff.Python.Regex;

namespace Skiff.Python.Tests.Interpreter;

/// <summary>A call that runs within its budget tells of its work, and ends where whoever is told throws.</summary>
public sealed class EndedCallTests
{
    private const string Loop =
        """
        def f(text):
            count = 0
            for i in range(int(text)):
                try:
                    count += i
                except Exception:
                    count = -1
                finally:
                    count += 1
            return str(count)
        """;

    [Fact]
    public void Call_ThatIsEnded_StopsWithinASlice()
    {
        var function = Python.Load(Loop);
        var told = 0L;
        var calls = 0;
        Assert.Throws<OperationCanceledException>(() => function.CallText("1000000"u8, new ByteBuffer(), work =>
        {
            told += work;
            calls++;
            if (calls == 3)
            {
                throw new OperationCanceledException();
            }
        }));
        Assert.Equal(3, calls);
        Assert.InRange(told, 2 * 1024 * 20, 3 * 2048 * 20);
    }

    [Fact]
    public void Call_AfterOneThatWasEnded_AnswersRightly()
    {
        var function = Python.Load(Loop);
        Assert.Throws<OperationCanceledException>(() => function.CallText("1000000"u8, new ByteBuffer(), static work => End(work)));
        Assert.Equal("55", Python.Call(function, "10"));
        Assert.Equal((2000L * 1999 / 2 + 2000).ToString(CultureInfo.InvariantCulture), Python.Call(function, "2000"));
    }

    [Fact]
    public void Call_OfFewSteps_TellsNothing()
    {
        var told = 0L;
        Python.Load(Loop).CallText("3"u8, new ByteBuffer(), work => told += work);
        Assert.Equal(0, told);
    }

    [Fact]
    public void Budget_IsTheSameWhetherSomebodyIsToldOrNot()
    {
        var options = new PyBudgetOptions { Steps = 20_000 };
        var function = PyModule.Load("def f(text):\n    n = 0\n    for i in range(int(text)):\n        n += 1\n    return str(n)\n"u8, "test.py", "f", options);
        var (most, tooMany) = (1, 20_000);
        while (tooMany - most > 1)
        {
            var middle = (most + tooMany) / 2;
            (most, tooMany) = Fits(function, middle, null) ? (middle, tooMany) : (most, middle);
        }

        Assert.True(Fits(function, most, static _ => { }));
        Assert.False(Fits(function, most + 1, static _ => { }));
        Assert.InRange(most, 1000, 20_000);
    }

    private static bool Fits(PyFunction function, int count, Action<long>? steps)
    {
        try
        {
            function.CallText(Utf8.GetBytes(count.ToString(CultureInfo.InvariantCulture)), new ByteBuffer(), steps);
            return true;
        }
        catch (PyBudgetException)
        {
            return false;
        }
    }

    private static void End(long work)
    {
        if (work > 0)
        {
            throw new OperationCanceledException();
        }
    }
}
