using System.Globalization;

namespace Skiff.Fuzz;

/// <summary>What <c>run</c> was asked: it ends after so many executions or so many seconds, whichever is first.</summary>
internal sealed record RunOptions
{
    public int Seed { get; private set; } = 1;

    public long Iterations { get; private set; } = long.MaxValue;

    public TimeSpan Time { get; private set; } = TimeSpan.MaxValue;

    /// <summary>A folder of inputs to start from besides the target's seeds, to which inputs that take new branches are added; null for none.</summary>
    public string? Corpus { get; private set; }

    public string Findings { get; private set; } = "artifacts/fuzz/findings";

    /// <summary>Reads <c>--seed N --iterations N --seconds N --corpus DIR --findings DIR</c>.</summary>
    /// <exception cref="ArgumentException">An option is not known, or has no value.</exception>
    public static RunOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new RunOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} needs a value.");
            switch (arguments[i])
            {
                case "--seed": options.Seed = int.Parse(value, CultureInfo.InvariantCulture); break;
                case "--iterations": options.Iterations = long.Parse(value, CultureInfo.InvariantCulture); break;
                case "--seconds": options.Time = TimeSpan.FromSeconds(long.Parse(value, CultureInfo.InvariantCulture)); break;
                case "--corpus": options.Corpus = value; break;
                case "--findings": options.Findings = value; break;
                default: throw new ArgumentException($"{arguments[i]} is not known.");
            }
        }

        return options.Iterations < long.MaxValue || options.Time < TimeSpan.MaxValue ? options : throw new ArgumentException("One of --iterations and --seconds is needed.");
    }
}
