namespace Skiff.Pickle;

/// <summary>The names a file refers to, each one record however often it is spelled.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<(string Module, string Name), Entry> _entries = [];
    private readonly List<Entry> _ordered = [];

    public PyGlobal Get(string module, string name, long offset)
    {
        if (!_entries.TryGetValue((module, name), out var entry))
        {
            entry = new Entry(new PyGlobal(module, name) { Constructor = DataConstructors.Find(module, name) }, offset);
            _entries.Add((module, name), entry);
            _ordered.Add(entry);
        }

        entry.Count++;
        return entry.Global;
    }

    public PickleName[] ToArray() => [.. _ordered.Select(e => new PickleName(e.Global, e.Offset, e.Count))];

    private sealed class Entry(PyGlobal global, long offset)
    {
        public PyGlobal Global { get; } = global;

        public long Offset { get; } = offset;

        public int Count { get; set; }
    }
}
