using System.Text;
using Skiff.Numerics;
using Skiff.Python.Interpreter;
using Skiff.Python.Regex;

namespace Skiff.Python.Tests.Interpreter;

/// <summary>Files that nobody wrote: whatever the bytes are, only the documented exceptions leave Load and the calls.</summary>
public sealed class FuzzTests
{
    private static readonly PyBudgetOptions Small = new() { Steps = 20_000, Bytes = 1024 * 1024 };

    private static readonly string[] Pieces =
    [
        "t", "x", "f", "1", "0", "-1", "2.5", "'a'", "\"\"", "None", "True", "[", "]", "(", ")", "{", "}", ",", ":", ".", "=", "+", "-", "*", "**", "/", "//", "%", "<", "==", "in ", "not ",
        "is ", "and ", "or ", "if ", "else ", "for ", "while ", "lambda ", "return ", "yield ", "def g(x):", "try:", "except ", "finally:", "raise ", "del ", "assert ", "global ", "import re",
        "\n    ", "\n        ", "\n", ".lower()", ".split()", ".join(", ".format(", "len(", "str(", "sorted(", "range(", "map(", "zip(", "f'{", "}'", ":=", ";", "@", "\\", "#", "'''", "...", "x for x in ",
    ];

    [Fact]
    public void Load_PiecesOfPython_ThrowsOnlyWhatIsDocumented()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 4000; i++)
        {
            var source = new StringBuilder("import re\ndef f(t):\n    x = t\n    return ");
            for (var n = random.Next(1, 12); n > 0; n--)
            {
                source.Append(Pieces[random.Next(Pieces.Length)]);
            }

            Try(Encoding.UTF8.GetBytes(source.Append('\n').ToString()), seed);
        }
    }

    [Fact]
    public void Load_CorpusWithBytesChanged_ThrowsOnlyWhatIsDocumented()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Interpreter", "Data", "functions"), "*.py");
        for (var i = 0; i < 400; i++)
        {
            var source = File.ReadAllText(files[random.Next(files.Length)]);
            var functions = source.Split("\ndef ").Skip(1).Select(p => p[..p.IndexOf('(', StringComparison.Ordinal)]).ToArray();
            var bytes = Encoding.UTF8.GetBytes(source);
            for (var n = random.Next(1, 20); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
            }

            Try(bytes, seed, functions[random.Next(functions.Length)]);
        }
    }

    private static void Try(byte[] source, int seed, string function = "f")
    {
        try
        {
            var loaded = PyModule.Load(source, "a.py", function, Small);
            loaded.CallText("Some text, 123 caf\u00C3\u00A9"u8, new ByteBuffer());
        }
        catch (Exception exception) when (exception is PySourceException or PyRaisedException or PyBudgetException)
        {
            // What is documented.
        }
        catch (Exception exception)
        {
            Assert.Fail($"seed {seed}: {exception}\n{Encoding.UTF8.GetString(source)}");
        }
    }
}
