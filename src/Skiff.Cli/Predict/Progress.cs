using System.Globalization;

namespace Skiff.Cli;

/// <summary>A bar that shows how much of a long input is done. Nothing is shown in the first second.</summary>
/// <param name="output">A terminal.</param>
/// <param name="total">How many bytes the input has; 0 where that is not known.</param>
/// <param name="time">The clock.</param>
internal sealed class Progress(TextWriter output, long total, TimeProvider time)
{
    private const int Width = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next = Delay;
    private int _shown;

    /// <summary>Says how far it is.</summary>
    /// <param name="done">How many bytes have been read.</param>
    /// <param name="rows">How many rows have been answered.</param>
    public void Report(long done, long rows)
    {
        var elapsed = time.GetElapsedTime(_start);
        if (elapsed < _next)
        {
            return;
        }

        _next = elapsed + Pause;
        Show(Line(done, rows, elapsed));
    }

    /// <summary>Takes the bar away again.</summary>
    public void Clear()
    {
        if (_shown > 0)
        {
            Show(string.Empty);
            output.Write('\r');
        }
    }

    private string Line(long done, long rows, TimeSpan elapsed)
    {
        var count = string.Create(CultureInfo.InvariantCulture, $"{rows:#,0} rows, {rows / elapsed.TotalSeconds:#,0} a second");
        if (total <= 0)
        {
            return count;
        }

        var part = Math.Clamp((double)done / total, 0, 1);
        var bar = new string('#', (int)(part * Width)).PadRight(Width, '-');
        return string.Create(CultureInfo.InvariantCulture, $"[{bar}] {part * 100,3:0} %  {count}");
    }

    private void Show(string line)
    {
        output.Write($"\r{line.PadRight(_shown)}");
        output.Flush();
        _shown = line.Length;
    }
}
