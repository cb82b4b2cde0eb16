namespace Skiff.Pickle;

/// <summary>
/// What a pickle says about an object it could not hold as plain data: the class or function that Python would call, with what, and the
/// state it would set afterwards. Nothing of this is ever done; it is read.
/// </summary>
public sealed class PyInstance : PyContainer
{
    /// <summary>Makes a record.</summary>
    /// <param name="type">The class (NEWOBJ, <c>copyreg._reconstructor</c>) or function (REDUCE) that Python would call.</param>
    /// <param name="arguments">The arguments of the call, without the class itself.</param>
    public PyInstance(PyGlobal type, object?[] arguments)
    {
        Type = type;
        Arguments = arguments;
    }

    /// <summary>
    /// The class or function. Records that are no calls are spelled as what Python would call for them:
    /// <c>pickle.persistent_load</c> with the object's identity, and <c>copyreg.get_extension</c> with its number.
    /// </summary>
    public PyGlobal Type { get; }

    /// <summary>
    /// What is called, where that is not a name but the result of another call (a class made on the fly, a bound method), whose
    /// <see cref="Type"/> this one then has too; else null.
    /// </summary>
    public PyInstance? Callee { get; internal init; }

    /// <summary>The arguments of the call.</summary>
    public object?[] Arguments { get; }

    /// <summary>The keyword arguments (NEWOBJ_EX), else null.</summary>
    public PyDict? Keywords { get; internal set; }

    /// <summary>What BUILD set: most often a <see cref="PyDict"/> of attributes; null where there was none.</summary>
    public object? State { get; internal set; }

    /// <summary>What was appended to it, if it is a list of its own kind; else null.</summary>
    public List<object?>? Items { get; internal set; }

    /// <summary>What was set in it by key, if it is a dict of its own kind; else null.</summary>
    public PyDict? Entries { get; internal set; }

    /// <summary>
    /// The attributes: <see cref="State"/> where that is a dict, the two dicts of a <c>(dict, slots)</c> pair joined, and an empty dict
    /// where there is neither.
    /// </summary>
    public PyDict Attributes => _attributes ??= JoinAttributes();

    private PyDict? _attributes;

    private PyDict JoinAttributes()
    {
        if (State is PyDict dict)
        {
            return dict;
        }

        var joined = new PyDict();
        if (State is PyTuple { Count: 2 } pair)
        {
            foreach (var part in pair.Items)
            {
                if (part is PyDict entries)
                {
                    joined.Entries.AddRange(entries.Entries);
                }
            }
        }

        return joined;
    }

    /// <summary>The class's name, for messages.</summary>
    public override string ToString() => $"<{Type}>";
}
