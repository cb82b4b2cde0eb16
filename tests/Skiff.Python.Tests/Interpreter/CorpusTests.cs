using System.Text.Json;
using Skiff.Numerics;

namespace Skiff.Python.Tests.Interpreter;

/// <summary>Expressions and whole functions against what CPython answered (tools/interpreter/record.py).</summary>
public sealed class CorpusTests
{
    private const string Preamble = "import re, string, math, unicodedata, html, collections, itertools, functools, operator\n";

    private static readonly string Data = Path.Combine(AppContext.BaseDirectory, "Interpreter", "Data");

    public static TheoryData<string, string> Functions()
    {
        var data = new TheoryData<string, string>();
        using var recorded = Read("functions.json");
        foreach (var entry in recorded.RootElement.EnumerateArray())
        {
            data.Add(entry.GetProperty("file").GetString()!, entry.GetProperty("function").GetString()!);
        }

        return data;
    }

    [Fact]
    public void Expressions_AllRecorded_AnswerAsCPython()
    {
        using var recorded = Read("expressions.json");
        var wrong = new List<string>();
        foreach (var entry in recorded.RootElement.EnumerateArray())
        {
            var expression = entry.GetProperty("expression").GetString()!;
            var expected = entry.GetProperty("answer").GetString()!;
            var actual = Python.Run(Preamble + "def f(t):\n    return " + expression + "\n");
            if (actual != expected)
            {
                wrong.Add($"{expression}: expected {expected}, was {actual}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_EveryText_AnswersAsCPython(string file, string function)
    {
        using var recorded = Read("functions.json");
        var source = File.ReadAllBytes(Path.Combine(Data, "functions", file));
        var entry = recorded.RootElement.EnumerateArray().Single(e => e.GetProperty("file").GetString() == file && e.GetProperty("function").GetString() == function);
        foreach (var answer in entry.GetProperty("cases").EnumerateArray())
        {
            var text = answer[0].GetBytesFromBase64();
            Assert.Equal((Utf8.GetString(text), answer[1].GetString()), (Utf8.GetString(text), Python.Run(source, file, function, text)));
        }
    }

    private static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, name)));
}
