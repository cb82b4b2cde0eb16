using System.Diagnostics;
using System.Globalization;

namespace Skiff.Bench.Load;

/// <summary>Sends the load from one thread, and counts what comes of it.</summary>
internal sealed class Generator : IDisposable
{
    private const long SeriesStep = 100_000;
    private readonly Options _options;
    private readonly Epoll _epoll = new();
    private readonly Connection[] _connections;
    private readonly Stack<Connection> _idle = new();
    private readonly int[] _tags = new int[256];
    private readonly StreamWriter? _series;
    private readonly Counts _step = new();
    private Counts _counts = new();
    private long _stepEnd;
    private long _sent;
    private long _nextLook;

    internal Generator(Options options)
    {
        _options = options;
        _connections = [.. Enumerable.Range(0, options.Connections).Select(i => new Connection(options.Address, _epoll, i))];
        foreach (var connection in _connections.Reverse())
        {
            _idle.Push(connection);
        }

        _series = options.Series is null ? null : new StreamWriter(options.Series);
        _series?.WriteLine("seconds,due,answered,refused,failed,late,p50_us,p99_us");
    }

    public void Dispose()
    {
        _series?.Dispose();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    /// <summary>Goes through one phase.</summary>
    /// <returns>What came of it, and how long it took in seconds.</returns>
    internal (Counts Counts, double Seconds) Run(Phase phase)
    {
        _counts = new Counts();
        var begin = Now();
        var end = begin + (long)(phase.Seconds * 1e6);
        _stepEnd = begin + SeriesStep;
        var issued = 0L;
        for (var now = begin; now < end; now = Now())
        {
            var next = phase.Rate == 0 ? Ask(now) : Issue(begin, phase.Rate, now, ref issued);
            Collect(Math.Clamp(Math.Min(next, Math.Min(end, _stepEnd)) - now, 0, 10_000));
            GiveUpLate(Now());
            EndStep(Now());
        }

        return (_counts, (Now() - begin) / 1e6);
    }

    /// <summary>Waits until nothing is on its way, without counting it.</summary>
    internal void Settle()
    {
        _counts = new Counts();
        for (var end = Now() + 5_000_000; Now() < end && _idle.Count < _connections.Length;)
        {
            Collect(10_000);
            GiveUpLate(Now());
        }
    }

    private static long Now() => (long)Stopwatch.GetElapsedTime(0).TotalMicroseconds;

    // Closed: whoever is idle asks.
    private long Ask(long now)
    {
        while (_idle.TryPop(out var connection))
        {
            CountDue();
            Begin(connection, now);
        }

        return long.MaxValue;
    }

    // Open: what is due goes out as far as connections are free, at moments that do not depend on the answers.
    private long Issue(long begin, double rate, long now, ref long issued)
    {
        while (true)
        {
            var due = begin + (long)(issued * 1e6 / rate);
            if (due > now)
            {
                return due;
            }

            if (now - due > _options.TimeoutMs * 1000)
            {
                _counts.Late++;
                _step.Late++;
            }
            else if (_idle.TryPop(out var connection))
            {
                Begin(connection, due);
            }
            else
            {
                return long.MaxValue;
            }

            issued++;
            CountDue();
        }
    }

    private void Collect(long microseconds)
    {
        var count = _epoll.Wait(_tags, microseconds);
        var now = Now();
        for (var i = 0; i < count; i++)
        {
            var connection = _connections[_tags[i]];
            var wasBusy = connection.IsBusy;
            connection.Push();
            var status = connection.Pull();
            if (wasBusy && status != 0)
            {
                _options.Plan?.Check(connection.Request, status, connection.Answer);
                _counts.Add(status, now - connection.Due);
                _step.Add(status, now - connection.Due);
                _idle.Push(connection);
            }
        }
    }

    private void GiveUpLate(long now)
    {
        if (now < _nextLook)
        {
            return;
        }

        _nextLook = now + 5_000;
        foreach (var connection in _connections)
        {
            if (!connection.IsBusy)
            {
                continue;
            }

            connection.Push();
            if (now - connection.Due > _options.TimeoutMs * 1000)
            {
                connection.Close();
                _idle.Push(connection);
                _counts.Late++;
                _step.Late++;
            }
        }
    }

    private void EndStep(long now)
    {
        if (now < _stepEnd)
        {
            return;
        }

        _series?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{now / 1e6:F3},{_step.Due},{_step.Answered},{_step.Refused},{_step.Failed},{_step.Late},{_step.Latencies.Percentile(50)},{_step.Latencies.Percentile(99)}"));
        _step.Clear();
        _stepEnd += SeriesStep;
    }

    private void CountDue()
    {
        _counts.Due++;
        _step.Due++;
    }

    private void Begin(Connection connection, long due)
    {
        var number = (int)(_sent++ % _options.Requests.Count);
        connection.Begin(number, _options.Requests[number], due);
    }
}
