using System.Text.Json;
using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Python.Tests.Regex;

/// <summary>Replays a recorded line of tools/regex/generate_cases.py and says where the answers differ from CPython's.</summary>
internal sealed class RegexReplay(int notesAfter)
{
    private readonly PyMatch _match = new() { StepBudget = 3_000_000, NotesAfter = notesAfter };
    private readonly ByteBuffer _buffer = new();

    internal List<string> Differences { get; } = [];

    internal int Lines { get; private set; }

    internal void Replay(string line)
    {
        Lines++;
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var pattern = JsonText.Bytes(root.GetProperty("p"));
        var flags = (PyRegexFlags)root.GetProperty("f").GetInt32();
        var before = Differences.Count;
        var error = root.TryGetProperty("e", out var recorded) ? JsonText.String(recorded) : null;
        PyRegex regex;
        try
        {
            regex = PyRegex.Compile(pattern, flags);
        }
        catch (PyRegexException e)
        {
            Expect("error", error ?? "none", $"{e.PythonType}: {e.Message}");
            Explain(before, line);
            return;
        }

        if (error is not null)
        {
            Expect("error", error, "none");
        }
        else
        {
            CompareOrRunOut(regex, root);
        }

        Explain(before, line);
    }

    private void CompareOrRunOut(PyRegex regex, JsonElement root)
    {
        try
        {
            Compare(regex, root);
        }
        catch (PyBudgetException e)
        {
            Expect("budget", "enough", e.Message);
        }
    }

    private void Compare(PyRegex regex, JsonElement root)
    {
        Expect("flags", root.GetProperty("cf").GetInt32().ToString(), ((int)regex.Flags).ToString());
        Expect("groups", root.GetProperty("g").GetInt32().ToString(), regex.GroupCount.ToString());
        Expect("names", string.Join(',', root.GetProperty("n").EnumerateObject().Select(p => $"{p.Name}={p.Value}")), string.Join(',', regex.GroupNames.Select(p => $"{p.Key}={p.Value}")));
        foreach (var answer in root.GetProperty("t").EnumerateArray())
        {
            var text = JsonText.Bytes(answer.GetProperty("s"));
            Expect("search", answer.GetProperty("search"), regex.Search(text, _match), text);
            Expect("match", answer.GetProperty("match"), regex.Match(text, _match), text);
            Expect("fullmatch", answer.GetProperty("full"), regex.FullMatch(text, _match), text);
            CompareAll(regex, answer, text);
            CompareSplit(regex, answer, text);
            CompareSub(regex, answer, text);
            if (answer.TryGetProperty("part", out var part))
            {
                var start = ByteOffset(text, part[0].GetInt32());
                var end = ByteOffset(text, part[1].GetInt32());
                Expect("search of a part", part[2], regex.Search(text, start, end, _match), text);
                Expect("match of a part", part[3], regex.Match(text, start, end, _match), text);
                Expect("fullmatch of a part", part[4], regex.FullMatch(text, start, end, _match), text);
            }
        }
    }

    private void CompareAll(PyRegex regex, JsonElement answer, byte[] text)
    {
        List<string> found = [];
        var matches = regex.Matches(text, _match);
        while (matches.MoveNext())
        {
            found.Add(Places(text));
        }

        Expect("finditer", string.Join(' ', answer.GetProperty("all").EnumerateArray().Select(e => e.GetRawText())), string.Join(' ', found));
    }

    private void CompareSplit(PyRegex regex, JsonElement answer, byte[] text)
    {
        List<string> parts = [];
        var last = 0;
        var matches = regex.Matches(text, _match);
        while (matches.MoveNext())
        {
            parts.Add(Utf8.GetString(text.AsSpan(last.._match.Start(0))));
            for (var group = 1; group <= regex.GroupCount; group++)
            {
                parts.Add(_match.Start(group) < 0 ? "<none>" : Utf8.GetString(_match.Value(text, group)));
            }

            last = _match.End(0);
        }

        parts.Add(Utf8.GetString(text.AsSpan(last)));
        var expected = answer.GetProperty("split").EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? "<none>" : JsonText.String(e));
        Expect("split", string.Join('|', expected), string.Join('|', parts));
    }

    private void CompareSub(PyRegex regex, JsonElement answer, byte[] text)
    {
        foreach (var sub in answer.GetProperty("sub").EnumerateArray())
        {
            string got;
            try
            {
                var template = PyTemplate.Parse(JsonText.Bytes(sub[0]), regex);
                _buffer.Clear();
                regex.Sub(text, template, sub[1].GetInt32(), _buffer, _match);
                got = Utf8.GetString(_buffer.Written);
            }
            catch (PyRegexException e)
            {
                got = $"{e.PythonType}: {e.Message}";
            }

            Expect("sub by " + JsonText.String(sub[0]), JsonText.String(sub[sub.GetArrayLength() - 1]), got);
        }
    }

    private string Places(byte[] text)
    {
        List<int> places = [];
        for (var group = 0; group <= _match.GroupCount; group++)
        {
            places.Add(CodePoint(text, _match.Start(group)));
            places.Add(CodePoint(text, _match.End(group)));
        }

        places.Add(_match.LastIndex);
        return "[" + string.Join(',', places) + "]";
    }

    private void Expect(string what, JsonElement expected, bool found, byte[] text) =>
        Expect($"{what} in {Utf8.GetString(text)}", expected.GetRawText(), found ? Places(text) : "null");

    private void Expect(string what, string expected, string got)
    {
        if (expected != got)
        {
            Differences.Add($"  {what}: CPython {expected}, here {got}");
        }
    }

    private void Explain(int before, string line)
    {
        if (Differences.Count > before)
        {
            Differences.Insert(before, line.Length < 300 ? line : line[..300]);
        }
    }

    private static int CodePoint(byte[] text, int offset) => offset < 0 ? -1 : Utf8.CountCodePoints(text.AsSpan(0, offset));

    private static int ByteOffset(byte[] text, int codePoints)
    {
        var offset = 0;
        for (; codePoints > 0; codePoints--)
        {
            Utf8.Decode(text, ref offset);
        }

        return offset;
    }
}
