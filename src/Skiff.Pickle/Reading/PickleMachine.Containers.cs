namespace Skiff.Pickle;

/// <summary>Tuples, lists, dicts and sets.</summary>
internal sealed partial class PickleMachine
{
    private const int ItemBytes = 8;
    private const int EntryBytes = 24;

    private void MakeTuple(int count)
    {
        if (_top - Floor < count)
        {
            throw Fail("The pickle is malformed: the stack is empty");
        }

        MakeTuple(_stack.AsSpan(_top - count, count), _top - count);
    }

    private void MakeTupleFromMark()
    {
        var items = TakeMark();
        MakeTuple(items, _top);
    }

    private void MakeTuple(Span<object?> items, int top)
    {
        _budget.Charge(PickleBudget.ObjectBytes + (ItemBytes * (long)items.Length), _opcodeOffset);
        var tuple = new PyTuple(items.ToArray());
        items.Clear();
        _top = top;
        Push(tuple);
    }

    private void MakeEmpty(Opcode opcode)
    {
        _budget.Charge(PickleBudget.ContainerBytes, _opcodeOffset);
        Push(opcode switch
        {
            Opcode.EmptyList => new PyList(),
            Opcode.EmptyDict => new PyDict(),
            _ => new PySet(frozen: false),
        });
    }

    private void MakeFromMark(Opcode opcode)
    {
        var items = TakeMark();
        _budget.Charge(PickleBudget.ContainerBytes, _opcodeOffset);
        PyContainer container = opcode switch
        {
            Opcode.List => new PyList(),
            Opcode.Dict => new PyDict(),
            _ => new PySet(frozen: true),
        };
        if (container is PyDict dict)
        {
            AddEntries(dict, items);
        }
        else
        {
            AddItems(ItemsOf(container), items);
        }

        items.Clear();
        Push(container);
    }

    private void Append()
    {
        var value = Pop();
        AddItems(ItemsOf(Peek()), [value]);
    }

    private void AppendFromMark(Opcode opcode)
    {
        var items = TakeMark();
        var target = Peek();
        if (opcode == Opcode.AddItems && target is PyList or PySet { IsFrozen: true })
        {
            throw Fail("The pickle is malformed: items are added to what is no set");
        }

        AddItems(ItemsOf(target), items);
        items.Clear();
    }

    private void SetItem()
    {
        var value = Pop();
        var key = Pop();
        AddEntries(EntriesOf(Peek()), [key, value]);
    }

    private void SetItemsFromMark()
    {
        var items = TakeMark();
        AddEntries(EntriesOf(Peek()), items);
        items.Clear();
    }

    private List<object?> ItemsOf(object? container) => container switch
    {
        PyList list => list.Items,
        PySet set => set.Items,
        PyInstance instance => instance.Items ??= [],
        _ => throw Fail("The pickle is malformed: items are added to what is no list"),
    };

    private PyDict EntriesOf(object? container) => container switch
    {
        PyDict dict => dict,
        PyInstance instance => instance.Entries ??= new PyDict(),
        _ => throw Fail("The pickle is malformed: entries are set in what is no dict"),
    };

    private void AddItems(List<object?> list, ReadOnlySpan<object?> items)
    {
        _budget.Charge(2L * ItemBytes * items.Length, _opcodeOffset);
        list.AddRange(items);
    }

    private void AddEntries(PyDict dict, ReadOnlySpan<object?> items)
    {
        if (items.Length % 2 != 0)
        {
            throw Fail("The pickle is malformed: a key without a value");
        }

        _budget.Charge((long)EntryBytes * items.Length, _opcodeOffset);
        for (var i = 0; i < items.Length; i += 2)
        {
            dict.Entries.Add(new KeyValuePair<object?, object?>(items[i], items[i + 1]));
        }
    }
}
