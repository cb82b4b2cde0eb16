namespace Skiff.Python.Interpreter;

/// <summary>Marks all that a module holds as shared, so that no call can change what another sees.</summary>
internal static class Freezer
{
    public static void Freeze(PyValue[] roots)
    {
        var pending = new Stack<PyValue>(roots);
        while (pending.TryPop(out var value))
        {
            switch (value.Obj)
            {
                case PyList { Frozen: false } list:
                    list.Frozen = true;
                    PushAll(pending, list.Span);
                    break;
                case PyTuple tuple:
                    PushAll(pending, tuple.Items);
                    break;
                case PyDict { Frozen: false } dict:
                    dict.Frozen = true;
                    PushDict(pending, dict);
                    break;
                case PySet { Frozen: false } set:
                    set.Frozen = true;
                    PushDict(pending, set.Items);
                    break;
                case PyClosure closure:
                    PushAll(pending, closure.Defaults);
                    PushAll(pending, Array.ConvertAll(closure.Cells, c => c.Value));
                    break;
                case PyBoundMethod bound:
                    pending.Push(bound.Self);
                    break;
                case PyPartial partial:
                    pending.Push(partial.Callable);
                    PushAll(pending, partial.Args);
                    PushAll(pending, partial.Values);
                    break;
            }
        }
    }

    private static void PushDict(Stack<PyValue> pending, PyDict dict)
    {
        for (var at = 0; dict.Next(ref at, out var key, out var item);)
        {
            pending.Push(key);
            pending.Push(item);
        }
    }

    private static void PushAll(Stack<PyValue> pending, ReadOnlySpan<PyValue> values)
    {
        foreach (var value in values)
        {
            pending.Push(value);
        }
    }
}
