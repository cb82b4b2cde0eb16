using Skiff.Numerics;
using Skiff.Python.Interpreter;
using Skiff.Python.Regex;

namespace Skiff.Fuzz;

/// <summary>The interpreter: every input as a Python file, of which each function that it seems to define is loaded and called.</summary>
internal sealed class PythonTarget : IFuzzTarget
{
    private const int MostFunctions = 4;

    private static readonly PyBudgetOptions Budget = new() { Steps = 20_000, Bytes = 1 << 20, CallDepth = 64 };

    /// <inheritdoc/>
    public string Name => "python";

    /// <inheritdoc/>
    public int LongestInput => 2048;

    /// <inheritdoc/>
    public long MemoryFor(int length) => (64 << 20) + (4096L * length);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => SeedFiles.Of("fuzz/seeds/python", "*", LongestInput).Concat(SeedFiles.Of("tests/Skiff.Python.Tests/Interpreter/Data/functions", "*.py", 4096));

    /// <inheritdoc/>
    public Outcome Run(byte[] input)
    {
        var source = Text(input);
        var sum = new Fingerprint();
        var accepted = false;
        foreach (var name in FunctionNames(source))
        {
            accepted |= TryCall(source, name, ref sum);
        }

        return new Outcome(accepted, sum.Value);
    }

    // A file that is not UTF-8 is refused at once, which most changed bytes would end in.
    private static byte[] Text(ReadOnlySpan<byte> input)
    {
        var source = input.ToArray();
        if (!System.Text.Unicode.Utf8.IsValid(source))
        {
            foreach (ref var b in source.AsSpan())
            {
                b &= 0x7F;
            }
        }

        return source;
    }

    private static List<string> FunctionNames(ReadOnlySpan<byte> source)
    {
        var names = new List<string>();
        while (names.Count < MostFunctions && source.IndexOf("def "u8) is >= 0 and var at)
        {
            source = source[(at + 4)..];
            var end = source.IndexOf((byte)'(');
            if (end is > 0 and < 64)
            {
                names.Add(Utf8.GetString(source[..end]));
            }
        }

        return names;
    }

    private static bool TryCall(byte[] source, string name, ref Fingerprint sum)
    {
        try
        {
            var function = PyModule.Load(source, "fuzz.py", name, Budget);
            var text = new ByteBuffer();
            Try(() => function.CallText("Some TEXT, it's 12.5 <b>ca\u00f1on</b> \U0001F600"u8, text), ref sum);
            Try(() => function.CallTokens("two words"u8, new PyTokenList()), ref sum);
            sum.Add(text.Written);
            return true;
        }
        catch (PySourceException e)
        {
            sum.Add(e.Message);
            return false;
        }
    }

    private static void Try(Action call, ref Fingerprint sum)
    {
        try
        {
            call();
        }
        catch (Exception e) when (e is PyRaisedException or PyBudgetException)
        {
            sum.Add(e.Message);
        }
    }
}
