namespace Skiff.ServiceDefaults;

/// <summary>
/// The series of a family by their label values. Bounded: labels hold names of versions, which come and go for as long as a process lives,
/// so that the oldest series give way.
/// </summary>
internal sealed class SeriesSet<T>(string[] labels, Func<SeriesLabels, T> make, int maximum)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, T> _byKey = [];
    private readonly Queue<string> _order = new();
    private volatile T[] _all = [];

    internal T[] All => _all;

    internal T With(string[] values)
    {
        var made = new SeriesLabels(labels, values);
        lock (_lock)
        {
            if (_byKey.TryGetValue(made.Text, out var series))
            {
                return series;
            }

            if (_byKey.Count == maximum)
            {
                _byKey.Remove(_order.Dequeue());
            }

            series = make(made);
            _byKey.Add(made.Text, series);
            _order.Enqueue(made.Text);
            _all = [.. _byKey.Values];
            return series;
        }
    }
}
