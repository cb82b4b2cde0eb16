namespace Skiff.Python.Interpreter;

/// <summary>Something that gives one value after another.</summary>
internal abstract class PyIterator() : PyObject(PyKind.Iterator)
{
    /// <summary>Python's name for the class of iterator, for repr and messages.</summary>
    public virtual string TypeName => "iterator";

    public abstract bool MoveNext(PyContext ctx, out PyValue value);
}

internal sealed class ListIterator(PyList list) : PyIterator
{
    private int _at;

    public override string TypeName => "list_iterator";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        ctx.Step();
        if (_at < list.Count)
        {
            value = list.Items[_at++];
            return true;
        }

        _at = int.MaxValue;
        value = default;
        return false;
    }
}

internal sealed class ArrayIterator(PyValue[] items, int count) : PyIterator
{
    private int _at;

    public override string TypeName => "tuple_iterator";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        ctx.Step();
        if (_at < count)
        {
            value = items[_at++];
            return true;
        }

        value = default;
        return false;
    }
}

internal sealed class ReverseIterator(PyList? list, PyValue[] items, int count) : PyIterator
{
    private int _at = count;

    public override string TypeName => list is null ? "reversed" : "list_reverseiterator";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        ctx.Step();
        if (list is not null)
        {
            _at = Math.Min(_at, list.Count);
        }

        if (_at <= 0)
        {
            value = default;
            return false;
        }

        value = (list is null ? items : list.Items)[--_at];
        return true;
    }
}

internal sealed class StrIterator(PyStr text) : PyIterator
{
    private int _at;

    public override string TypeName => text.IsAscii ? "str_ascii_iterator" : "str_iterator";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        ctx.Step();
        if (_at >= text.Length)
        {
            value = default;
            return false;
        }

        var first = text.Data[text.Offset + _at];
        if (first < 0x80)
        {
            value = PyStr.OfAscii(first);
            _at++;
            return true;
        }

        var width = PyStr.Width(first);
        value = ctx.View(text, _at, width, 1);
        _at += width;
        return true;
    }
}

internal sealed class BytesIterator(PyBytes bytes) : PyIterator
{
    private int _at;

    public override string TypeName => "bytes_iterator";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        ctx.Step();
        value = _at < bytes.Data.Length ? PyValue.Of((long)bytes.Data[_at]) : default;
        return _at++ < bytes.Data.Length;
    }
}

internal sealed class RangeIterator(long next, long step, long left) : PyIterator
{
    private long _next = next;
    private long _left = left;

    public override string TypeName => "range_iterator";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        ctx.Step();
        if (_left == 0)
        {
            value = default;
            return false;
        }

        value = PyValue.Of(_next);
        _left--;
        if (_left > 0)
        {
            _next += step;
        }

        return true;
    }
}

internal sealed class DictIterator(PyDict dict, PyDictViewKind what, bool isSet = false) : PyIterator
{
    private readonly int _version = dict.Version;
    private readonly int _count = dict.Count;
    private int _at;

    public override string TypeName => isSet ? "set_iterator" : "dict_keyiterator";

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        ctx.Step();
        if (dict.Version != _version)
        {
            var how = isSet ? "Set changed size" : dict.Count != _count ? "dictionary changed size" : "dictionary keys changed";
            throw ctx.Error(PyExceptionType.RuntimeError, how + " during iteration");
        }

        if (!dict.Next(ref _at, out var key, out var item))
        {
            value = default;
            return false;
        }

        if (what == PyDictViewKind.Items)
        {
            ctx.Charge(64);
        }

        value = what switch
        {
            PyDictViewKind.Keys => key,
            PyDictViewKind.Values => item,
            _ => new PyTuple([key, item]),
        };
        return true;
    }
}

/// <summary>An iterator over what a body of C# yields, for the rarer kinds.</summary>
internal sealed class LazyIterator(string typeName, IEnumerator<PyValue> source) : PyIterator
{
    public override string TypeName => typeName;

    public override bool MoveNext(PyContext ctx, out PyValue value)
    {
        ctx.Step();
        if (source.MoveNext())
        {
            value = source.Current;
            return true;
        }

        value = default;
        return false;
    }
}
