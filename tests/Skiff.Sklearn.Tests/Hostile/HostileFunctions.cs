using Skiff.TestKit.Pickles;
using static Skiff.Sklearn.Tests.Hostile.HostileModels;
using static Skiff.TestKit.Pickles.PickleAssembler;

namespace Skiff.Sklearn.Tests.Hostile;

/// <summary>Sources of functions and patterns that never end, or ask for what is not theirs. Python runs every one of them as it stands.</summary>
internal static class HostileFunctions
{
    private const string Hangs = "never ends";
    private const string Exhausts = "MemoryError, or the kernel ends the process";

    private static readonly string Long = new string('a', 40) + "!";

    public static IEnumerable<HostileFile> All =>
    [
        Function("loops.pkl", Hangs, "while True:\n        pass"),
        Function("recurses.pkl", "RecursionError", "return clean(text)"),
        Function("doubles.pkl", Exhausts, "while True:\n        text = text + text"),
        Function("repeats.pkl", Exhausts, "return text * 10000000000"),
        Function("counts.pkl", Exhausts, "return str(list(range(10000000000)))"),
        Function("powers.pkl", Hangs, "return str(9 ** 9 ** 9)"),
        Function("formats.pkl", Exhausts, "return '{:>10000000000}'.format(text)"),
        Function("nests.pkl", "the stack ends the process (before 3.13)", "x = []\n    for i in range(1000000):\n        x = [x]\n    return str(x)"),
        Function("backtracks.pkl", Hangs, "return re.sub(r'(a+)+$', '', text)", "import re\n"),
        Function("imports-os.pkl", "runs a command", "os.system('id')\n    return text", "import os\n"),
        Function("opens-a-file.pkl", "reads the file", "return open('/etc/passwd').read()"),
        Function("evaluates.pkl", "runs Python code", "return eval(text)"),
        Function("climbs.pkl", "reaches every class of the process", "return str(text.__class__.__mro__[1].__subclasses__())"),
        Function("runs-at-import.pkl", "runs a command when it is imported", "return text", "__import__('os').system('id')\n"),
        Function("nested-brackets.pkl", "MemoryError, or the parser's stack ends the process", "return " + new string('(', 100_000) + "text" + new string(')', 100_000)),
        new("token-pattern.pkl", Hangs, _ => Whole(Words(("token_pattern", "(a+)+$")))) { Text = Long },
        new("token-pattern-of-a-billion.pkl", "OverflowError or MemoryError", _ => Whole(Words(("token_pattern", "(?:(?:a{1000}){1000}){1000}")))) { Text = Long },
        new("token-pattern-nested.pkl", "RecursionError", _ => Whole(Words(("token_pattern", new string('(', 50_000) + "a" + new string(')', 50_000))))) { Text = Long },
        new("n-grams-of-a-billion.pkl", Exhausts, _ => Whole(Words(("ngram_range", new object?[] { 1, int.MaxValue }), ("analyzer", "char")))) { Text = new string('a', 4_000) },
    ];

    private static HostileFile Function(string name, string elsewhere, string body, string imports = "") =>
        new(name, elsewhere, _ => Whole(Words(("preprocessor", new PickleName("hostile", "clean")))))
        {
            Source = $"{imports}\n\ndef clean(text):\n    {body}\n",
            Text = Long,

            // What a call may make by itself (PyBudgetOptions.Bytes), and as much for what grows with it.
            MaximumBytes = 256L << 20,
        };
}
