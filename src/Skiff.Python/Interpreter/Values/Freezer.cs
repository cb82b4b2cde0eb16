namespace Skiff.Python.Interpreter;

/// <summary>Marks all that a module holds as shared, so that no call can change what another sees.</summary>
internal static class Freezer
{
    /// <summary>Freezes all that can be reached; false where there is an iterator, which cannot be frozen.</summary>
    public static bool TryFreeze(PyValue[] roots)
    {
        var pending = new Stack<PyValue>(roots);
        var seen = new HashSet<PyObject>(ReferenceEqualityComparer.Instance);
        while (pending.TryPop(out var value))
        {
            if (value.Obj is null or PyTag or PyStr || !seen.Add(value.Obj))
            {
                continue;
            }

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
                    pending.Push(dict.Factory);
                    PushDict(pending, dict);
                    break;
                case PySet { Frozen: false } set:
                    set.Frozen = true;
                    PushDict(pending, set.Items);
                    break;
                case PyClosure closure:
                    PushAll(pending, closure.Defaults);
                    foreach (var cell in closure.Cells)
                    {
                        cell.Frozen = true;
                        pending.Push(cell.Value);
                    }

                    break;
                case PyIterator:
                    return false;
                case PyArray array:
                    array.Frozen = true;
                    break;
                case PyFrame frame:
                    frame.Frozen = true;
                    frame.Columns.ForEach(column => pending.Push(column));
                    break;
                case PyColumn column:
                    PushAll(pending, column.Span);
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

        return true;
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
