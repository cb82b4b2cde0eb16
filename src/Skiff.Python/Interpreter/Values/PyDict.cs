namespace Skiff.Python.Interpreter;

/// <summary>Which of Python's dictionaries it is.</summary>
internal enum PyDictFlavor : byte
{
    Dict,
    OrderedDict,
    DefaultDict,
    Counter,
}

/// <summary>A dict: insertion ordered, chained buckets over an array of entries.</summary>
internal sealed class PyDict() : PyObject(PyKind.Dict)
{
    private const int Deleted = -2;

    private int[] _buckets = [];
    private Entry[] _entries = [];
    private int _used;

    public int Count { get; private set; }

    /// <summary>Changes with every key that comes or goes, so that an iterator can tell.</summary>
    public int Version { get; private set; }

    public bool Frozen { get; set; }

    public PyDictFlavor Flavor { get; set; }

    /// <summary>What a defaultdict calls for a missing key.</summary>
    public PyValue Factory { get; set; }

    public bool TryGet(PyContext ctx, PyValue key, out PyValue value)
    {
        var at = Find(ctx, key, PyHash.Of(ctx, key, "dict key"));
        if (at < 0)
        {
            value = default;
            return false;
        }

        value = _entries[at].Value;
        return true;
    }

    public bool Contains(PyContext ctx, PyValue key, string use = "dict key") => Find(ctx, key, PyHash.Of(ctx, key, use)) >= 0;

    public void Set(PyContext ctx, PyValue key, PyValue value, string use = "dict key")
    {
        var hash = PyHash.Of(ctx, key, use);
        var at = Find(ctx, key, hash);
        if (at >= 0)
        {
            _entries[at].Value = value;
            return;
        }

        if (_used == _entries.Length)
        {
            Grow(ctx);
        }

        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _entries[_used] = new Entry { Key = key, Value = value, Hash = hash, Next = bucket - 1 };
        bucket = ++_used;
        Count++;
        Version++;
    }

    public bool Remove(PyContext ctx, PyValue key, out PyValue value, string use = "dict key")
    {
        value = default;
        if (Count == 0)
        {
            PyHash.Of(ctx, key, use);
            return false;
        }

        var hash = PyHash.Of(ctx, key, use);
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        var previous = -1;
        for (var i = bucket - 1; i >= 0; previous = i, i = _entries[i].Next)
        {
            if (_entries[i].Hash != hash || !PyCompare.Same(ctx, _entries[i].Key, key))
            {
                continue;
            }

            value = _entries[i].Value;
            if (previous < 0)
            {
                bucket = _entries[i].Next + 1;
            }
            else
            {
                _entries[previous].Next = _entries[i].Next;
            }

            _entries[i] = new Entry { Next = Deleted };
            Count--;
            Version++;
            if (i == _used - 1)
            {
                _used--;
            }

            return true;
        }

        return false;
    }

    public void Clear()
    {
        _buckets = [];
        _entries = [];
        _used = 0;
        Count = 0;
        Version++;
    }

    /// <summary>The next entry at or after <paramref name="position"/>, which moves past it.</summary>
    public bool Next(ref int position, out PyValue key, out PyValue value)
    {
        while (position < _used)
        {
            ref var entry = ref _entries[position++];
            if (entry.Next != Deleted)
            {
                key = entry.Key;
                value = entry.Value;
                return true;
            }
        }

        key = default;
        value = default;
        return false;
    }

    /// <summary>The entry before <paramref name="position"/>, which moves to it.</summary>
    public bool Previous(ref int position, out PyValue key, out PyValue value)
    {
        position = Math.Min(position, _used);
        while (position > 0)
        {
            ref var entry = ref _entries[--position];
            if (entry.Next != Deleted)
            {
                key = entry.Key;
                value = entry.Value;
                return true;
            }
        }

        key = default;
        value = default;
        return false;
    }

    public PyDict Copy(PyContext ctx)
    {
        var copy = new PyDict { Flavor = Flavor, Factory = Factory };
        copy.Update(ctx, this);
        return copy;
    }

    public void Update(PyContext ctx, PyDict other)
    {
        ctx.Step(other.Count);
        for (var i = 0; other.Next(ref i, out var key, out var value);)
        {
            Set(ctx, key, value);
        }
    }

    public void CheckMutable(PyContext ctx)
    {
        if (Frozen)
        {
            throw ctx.FrozenError("dict");
        }
    }

    private int Find(PyContext ctx, PyValue key, int hash)
    {
        if (Count == 0)
        {
            return -1;
        }

        for (var i = _buckets[hash & (_buckets.Length - 1)] - 1; i >= 0; i = _entries[i].Next)
        {
            if (_entries[i].Hash == hash && PyCompare.Same(ctx, _entries[i].Key, key))
            {
                return i;
            }
        }

        return -1;
    }

    private void Grow(PyContext ctx)
    {
        var capacity = Count * 2 < _entries.Length ? _entries.Length : Math.Max(8, _entries.Length * 2);
        ctx.Charge((long)capacity * 48);
        var old = _entries;
        var used = _used;
        _entries = new Entry[capacity];
        _buckets = new int[capacity];
        _used = 0;
        for (var i = 0; i < used; i++)
        {
            if (old[i].Next == Deleted)
            {
                continue;
            }

            ref var bucket = ref _buckets[old[i].Hash & (capacity - 1)];
            _entries[_used] = old[i];
            _entries[_used].Next = bucket - 1;
            bucket = ++_used;
        }

        Version++;
    }

    private struct Entry
    {
        public PyValue Key;
        public PyValue Value;
        public int Hash;
        public int Next;
    }
}

/// <summary>A set or frozenset, in order of insertion (Python's order is arbitrary).</summary>
internal sealed class PySet(bool immutable = false) : PyObject(immutable ? PyKind.FrozenSet : PyKind.Set)
{
    public readonly PyDict Items = new();

    public int Count => Items.Count;

    public bool Frozen
    {
        get => Items.Frozen;
        set => Items.Frozen = value;
    }

    public void Add(PyContext ctx, PyValue item) => Items.Set(ctx, item, PyValue.None, "set element");

    public bool Contains(PyContext ctx, PyValue item) => Items.Contains(ctx, item, "set element");

    public void CheckMutable(PyContext ctx)
    {
        if (Frozen)
        {
            throw ctx.FrozenError("set");
        }
    }
}

/// <summary>What keys(), values() and items() answer: a look at the dict, not a copy.</summary>
internal sealed class PyDictView(PyDict dict, PyDictViewKind what) : PyObject(PyKind.DictView)
{
    public readonly PyDict Dict = dict;
    public readonly PyDictViewKind What = what;
}

/// <summary>Which part of the dict a view shows.</summary>
internal enum PyDictViewKind : byte
{
    Keys,
    Values,
    Items,
}
