using System.Text;

namespace Skiff.Registry;

/// <summary>
/// Which version was promoted in which one's place, one a line: what it is now, a tab, what it was before. Only a hint: Python's writers do not
/// keep it, so a line counts only while what it says of the present is so.
/// </summary>
internal sealed class PromotionHistory(string modelFolder)
{
    internal const string FileName = ".skiff-history";

    private const int MaxLines = 100;

    private readonly string _path = Path.Join(modelFolder, FileName);

    /// <summary>What served before the current version was promoted, newest first.</summary>
    internal IReadOnlyList<string> Before(string current) =>
        [.. Read().AsEnumerable().Reverse().Where(line => line.Now == current).Select(line => line.Before)];

    internal void Add(string now, string before)
    {
        var lines = Read();
        lines.Add((now, before));
        Write(lines);
    }

    /// <summary>Forgets the newest promotion of a version: it was taken back.</summary>
    internal void Forget(string now, string before)
    {
        var lines = Read();
        var index = lines.FindLastIndex(line => line == (now, before));
        if (index >= 0)
        {
            lines.RemoveAt(index);
            Write(lines);
        }
    }

    private List<(string Now, string Before)> Read()
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        var lines = new List<(string, string)>();
        foreach (var line in File.ReadLines(_path))
        {
            if (line.Split('\t') is [var now, var before] && SafeName.IsVersion(now) && SafeName.IsVersion(before))
            {
                lines.Add((now, before));
            }
        }

        return lines;
    }

    private void Write(List<(string Now, string Before)> lines)
    {
        var text = new StringBuilder();
        foreach (var (now, before) in lines.TakeLast(MaxLines))
        {
            text.Append(now).Append('\t').Append(before).Append('\n');
        }

        DurableFiles.Replace(_path, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
