using System.Collections.Concurrent;
using System.Diagnostics;

namespace Skiff.EndToEnd.Tests;

/// <summary>
/// Sends requests at a constant rate, whether those before were answered or not: callers do not wait for each other. It never sends more than its bound.
/// </summary>
/// <param name="rate">Requests a second.</param>
/// <param name="most">How many there are at most.</param>
internal sealed class ConstantLoad(int rate, int most)
{
    private const int MostFailuresKept = 10;

    private readonly ConcurrentDictionary<(string Version, string Prediction), int> _answers = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Lock _latency = new();
    private int _failed;

    /// <summary>How many requests were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>How many failed.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>The first failures, to be read by people.</summary>
    public IEnumerable<string> Failures => _failures;

    /// <summary>Which answers came, and how often.</summary>
    public IReadOnlyDictionary<(string Version, string Prediction), int> Answers => _answers;

    /// <summary>The longest that a request took.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Sends until it is told to stop, and waits for the last answer.</summary>
    /// <param name="ask">Sends the request of a number and reads the answer; what it throws is a failure.</param>
    /// <param name="stop">Tells it to stop.</param>
    public async Task RunAsync(Func<int, Task<(string Version, string Prediction)>> ask, CancellationToken stop)
    {
        var running = new List<Task>();
        var begun = Stopwatch.StartNew();
        while (Sent < most && !stop.IsCancellationRequested)
        {
            for (; Sent < Math.Min(most, begun.Elapsed.TotalSeconds * rate); Sent++)
            {
                var number = Sent;
                running.Add(Task.Run(() => CountAsync(ask, number), CancellationToken.None));
            }

            running.RemoveAll(request => request.IsCompleted);
            await Task.Delay(5, CancellationToken.None);
        }

        await Task.WhenAll(running);
    }

    private async Task CountAsync(Func<int, Task<(string Version, string Prediction)>> ask, int number)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var answer = await ask(number);
            _answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
        }
        catch (Exception e)
        {
            if (Interlocked.Increment(ref _failed) <= MostFailuresKept)
            {
                _failures.Enqueue($"request {number}, after {watch.Elapsed.TotalSeconds:F3} s: {e.Message}");
            }
        }

        lock (_latency)
        {
            Longest = watch.Elapsed > Longest ? watch.Elapsed : Longest;
        }
    }
}
