using Skiff.Numerics;

namespace Skiff.Models;

/// <summary>
/// The working memory of one call: blocks, buffers and arrays that are handed out during it and taken back all at once by <see cref="Reset"/>.
/// After a few calls nothing is allocated any more.
/// </summary>
/// <remarks>Not thread-safe: each belongs to one call at a time. <see cref="ScratchPool"/> keeps them between calls.</remarks>
public sealed class Scratch
{
    // Larger memory is given back after a call, so that one large request does not stay resident for ever.
    private const int KeptBytes = 1 << 20;

    // Of a block that grows as it is filled, at the least.
    private const int WorkPerBlock = 64;

    private readonly Stock<DenseBlock> _dense = new(static () => new DenseBlock());

    // Apart from the blocks with memory of their own: one that served as both would give its memory up each time.
    private readonly Stock<DenseBlock> _views = new(static () => new DenseBlock());
    private readonly Stock<CsrBlock> _csr = new(static () => new CsrBlock());
    private readonly Stock<TextBlock> _text = new(static () => new TextBlock());
    private readonly Stock<FrameBlock> _frames = new(static () => new FrameBlock());
    private readonly Stock<ByteBuffer> _bytes = new(static () => new ByteBuffer());
    private readonly Stock<List<Block>> _lists = new(static () => []);
    private readonly Dictionary<Type, object> _states = [];
    private int[][] _ints = [];
    private int _intsTaken;
    private readonly Pace _own = new();
    private Pace _pace;
    private Action<long>? _steps;

    /// <summary>Makes working memory that nothing has been taken from.</summary>
    public Scratch()
    {
        _pace = _own;
    }

    /// <summary>What may end the call before it is answered; null for nothing. <see cref="ScratchPool.Return"/> takes it away.</summary>
    public ICallWatch? Watch
    {
        get => _pace.Watch;
        set
        {
            _pace.Watch = value;
            _pace.UntilLook = value?.Interval ?? long.MaxValue;
        }
    }

    /// <summary><see cref="Step"/>, for work that knows nothing of this memory.</summary>
    public Action<long> Steps => _steps ??= Step;

    /// <summary>
    /// Notes work that is about to be done. Whoever goes through many rows, or round after round until a solution is found, says so as it goes; what
    /// it has taken may be left as it is when this throws.
    /// </summary>
    /// <param name="work">About how much, in units of a nanosecond: a cell that is read, a product that is added.</param>
    /// <exception cref="OperationCanceledException">The answer is not wanted any more, says <see cref="Watch"/>.</exception>
    public void Step(long work)
    {
        var pace = _pace;
        pace.UntilLook -= work;
        if (pace.UntilLook < 0)
        {
            pace.Look();
        }
    }

    /// <summary>A dense block of the given size; its cells are undefined.</summary>
    public DenseBlock Dense(int rows, int columns)
    {
        Step(((long)rows * columns) + 1);
        var block = _dense.Take();
        block.Reshape(rows, columns);
        block.IsSingle = false;
        return block;
    }

    /// <summary>A view on some columns of a dense block.</summary>
    public DenseBlock View(DenseBlock block, int firstColumn, int columns)
    {
        var view = _views.Take();
        view.View(block, firstColumn, columns);
        view.IsSingle = false;
        return view;
    }

    /// <summary>An empty sparse block.</summary>
    public CsrBlock Csr(int columns)
    {
        Step(WorkPerBlock);
        var block = _csr.Take();
        block.Reshape(columns);
        block.IsSingle = false;
        return block;
    }

    /// <summary>An empty text block.</summary>
    public TextBlock Text()
    {
        Step(WorkPerBlock);
        var block = _text.Take();
        block.Clear();
        return block;
    }

    /// <summary>A frame without columns.</summary>
    public FrameBlock Frame(int rows)
    {
        Step(WorkPerBlock);
        var block = _frames.Take();
        block.Clear(rows);
        block.IsSingle = false;
        return block;
    }

    /// <summary>An empty buffer.</summary>
    public ByteBuffer Bytes()
    {
        var buffer = _bytes.Take();
        buffer.Clear();
        return buffer;
    }

    /// <summary>An empty list of blocks.</summary>
    public List<Block> BlockList()
    {
        var list = _lists.Take();
        list.Clear();
        return list;
    }

    /// <summary>Integers, undefined.</summary>
    public Span<int> Integers(int count) => IntegerArray(count).AsSpan(0, count);

    /// <summary>An array of at least <paramref name="count"/> integers, undefined.</summary>
    public int[] IntegerArray(int count)
    {
        Step(count);
        if (_intsTaken == _ints.Length)
        {
            Array.Resize(ref _ints, Math.Max(4, _ints.Length * 2));
        }

        ref var array = ref _ints[_intsTaken++];
        if (array is null || array.Length < count)
        {
            array = new int[Math.Max(count, 16)];
        }

        return array;
    }

    /// <summary>A reusable object of some estimator's own, one a type; it must leave nothing behind that a later call could see.</summary>
    public T State<T>()
        where T : class, new()
    {
        if (_states.TryGetValue(typeof(T), out var state))
        {
            return (T)state;
        }

        var made = new T();
        _states.Add(typeof(T), made);
        return made;
    }

    /// <summary>Takes everything back. What was handed out must not be used any more.</summary>
    public void Reset()
    {
        _dense.Reset(static block => block.Trim(KeptBytes));
        _views.Reset(static block => block.Trim(KeptBytes));
        _csr.Reset(static block => block.Trim(KeptBytes));
        _text.Reset(static block => block.Trim(KeptBytes));
        _frames.Reset(static block => block.Trim(KeptBytes));
        _bytes.Reset(static buffer => buffer.Trim(KeptBytes));
        _lists.Reset(static list => list.Clear());
        for (var i = 0; i < _intsTaken; i++)
        {
            if (_ints[i].Length > KeptBytes / sizeof(int))
            {
                _ints[i] = null!;
            }
        }

        _intsTaken = 0;
    }

    /// <summary>Makes this the memory of a part of the call that another one belongs to: their work is counted together.</summary>
    internal void Join(Scratch outer) => _pace = outer._pace;

    /// <summary>Belongs to no call any more.</summary>
    internal void Leave()
    {
        _pace = _own;
        Watch = null;
    }

    /// <summary>How much work is left until the next look.</summary>
    private sealed class Pace
    {
        public ICallWatch? Watch { get; set; }

        public long UntilLook { get; set; } = long.MaxValue;

        public void Look()
        {
            UntilLook = Watch?.Interval ?? long.MaxValue;
            Watch?.Look();
        }
    }

    private sealed class Stock<T>(Func<T> make)
    {
        private readonly List<T> _items = [];
        private int _taken;

        public T Take()
        {
            if (_taken == _items.Count)
            {
                _items.Add(make());
            }

            return _items[_taken++];
        }

        public void Reset(Action<T> trim)
        {
            for (var i = 0; i < _taken; i++)
            {
                trim(_items[i]);
            }

            _taken = 0;
        }
    }
}
