namespace Skiff.Bench.Load;

/// <summary>What became of the requests of a phase, or of a tenth of a second.</summary>
internal sealed class Counts
{
    internal Histogram Latencies { get; } = new();

    /// <summary>How many were due.</summary>
    internal long Due { get; set; }

    /// <summary>How many were answered with 200.</summary>
    internal long Answered => Latencies.Count;

    /// <summary>How many were answered with 503 or 429.</summary>
    internal long Refused { get; private set; }

    /// <summary>How many got another answer, or none.</summary>
    internal long Failed { get; set; }

    /// <summary>How many were given up: not answered in time, or no connection was free in time.</summary>
    internal long Late { get; set; }

    internal void Add(int status, long microseconds)
    {
        switch (status)
        {
            case 200:
                Latencies.Add(microseconds);
                break;
            case 503 or 429:
                Refused++;
                break;
            default:
                Failed++;
                break;
        }
    }

    internal void Clear()
    {
        Latencies.Clear();
        (Due, Refused, Failed, Late) = (0, 0, 0, 0);
    }
}
