namespace Skiff.Python.Interpreter;

/// <summary>The variables of one running function.</summary>
internal sealed class Frame(PyContext ctx)
{
    public readonly PyContext Ctx = ctx;
    public PyValue[] Slots = [];
    public PyCell[] Closure = [];
    public PyValue Result;

    /// <summary>What a generator function has yielded; it runs to its end when it is called.</summary>
    public PyList? Yielded;

    /// <summary>The exceptions that except blocks around the running statement are handling, for a bare raise.</summary>
    public PyError? Handling;

    private int _used;

    public void Prepare(int slots)
    {
        if (Slots.Length < slots)
        {
            Slots = new PyValue[Math.Max(slots, 8)];
        }
        else
        {
            Array.Clear(Slots, 0, slots);
        }

        _used = Math.Max(_used, slots);
        Closure = [];
        Result = default;
        Yielded = null;
        Handling = null;
    }

    public void Clear()
    {
        Array.Clear(Slots, 0, _used);
        _used = 0;
        Closure = [];
        Result = default;
        Yielded = null;
        Handling = null;
    }
}
