namespace Skiff.Sklearn;

/// <summary>Puts a document together from what its reader meets, without recursion; both encodings share it.</summary>
internal sealed class PayloadBuilder
{
    /// <summary>Deeper than xgboost ever nests.</summary>
    public const int MaximumDepth = 64;

    private readonly Stack<Opened> _open = [];

    /// <summary>The outermost object, once it has been begun.</summary>
    public PayloadObject? Root { get; private set; }

    /// <summary>How many containers are open.</summary>
    public int Depth => _open.Count;

    /// <summary>Whether the innermost open container is an object, which has keys.</summary>
    public bool IsInObject => _open.TryPeek(out var top) && top.Container is PayloadObject;

    /// <summary>The key of the value that comes next.</summary>
    public string? Key { get; set; }

    /// <summary>Begins an object.</summary>
    public void BeginObject()
    {
        var made = MakeObject();
        if (_open.Count == 0)
        {
            Root = Root is null ? made : throw new PayloadException("the document has more than one value");
        }

        Begin(made);
    }

    /// <summary>Begins a list.</summary>
    public void BeginList() => Begin(new List<object?>());

    /// <summary>Ends the innermost container.</summary>
    public void End()
    {
        if (!_open.TryPop(out var closed))
        {
            throw new PayloadException("the document closes what it has not opened");
        }

        if (_open.Count > 0)
        {
            Key = closed.Key;
            Add(closed.Container);
        }
    }

    /// <summary>Adds a value to the innermost container.</summary>
    public void Add(object? value)
    {
        switch (_open.TryPeek(out var top) ? top.Container : null)
        {
            case PayloadObject target when Key is not null:
                target.Set(Key, value);
                Key = null;
                break;
            case List<object?> list:
                list.Add(value);
                break;
            default:
                throw new PayloadException("the document does not begin with an object");
        }
    }

    private void Begin(object container)
    {
        if (_open.Count == MaximumDepth)
        {
            throw new PayloadException($"the document is nested more than {MaximumDepth} deep");
        }

        if (_open.Count == 0 && container is not PayloadObject)
        {
            throw new PayloadException("the document does not begin with an object");
        }

        // Objects in a list stand at the key of the object around it, however deep the lists are.
        var (owner, place) = _open.TryPeek(out var top)
            ? top.Container is PayloadObject parent ? (parent, Key ?? string.Empty) : (top.Owner, top.Place)
            : (null, string.Empty);
        _open.Push(new Opened(container, Key, owner, place));
        Key = null;
    }

    private PayloadObject MakeObject()
    {
        if (!_open.TryPeek(out var top))
        {
            return new PayloadObject(null, string.Empty, -1);
        }

        return top.Container is PayloadObject parent
            ? new PayloadObject(parent, Key ?? string.Empty, -1)
            : new PayloadObject(top.Owner, top.Place, ((List<object?>)top.Container).Count);
    }

    private readonly record struct Opened(object Container, string? Key, PayloadObject? Owner, string Place);
}
