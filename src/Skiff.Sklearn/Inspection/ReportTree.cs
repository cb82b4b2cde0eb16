using System.Globalization;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>
/// Walks the graph of a file into a tree of its objects. The graph may hold circles and may be as deep as the file likes: the walk keeps its own
/// stack, meets each object once, and ends at a bound.
/// </summary>
internal sealed class ReportTree
{
    private const int MaximumObjects = 5_000;
    private const int MaximumValues = 500;
    private const int MaximumVisits = 200_000;

    private readonly HashSet<object> _met = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PyGlobal> _functions = [];
    private readonly SortedSet<string> _versions = new(StringComparer.Ordinal);
    private readonly Stack<(object Value, string Place, List<ReportNode> Siblings)> _open = new();
    private int _visits;

    public ReportTree(object? root)
    {
        var roots = new List<ReportNode>();
        if (root is null or not (PyInstance or PyDict or PyList or PyTuple))
        {
            roots.Add(new ReportNode(string.Empty, Short(root), [], []));
        }
        else
        {
            _open.Push((root, string.Empty, roots));
        }

        while (_open.TryPop(out var next))
        {
            if (_met.Add(next.Value))
            {
                next.Siblings.Add(Describe(next.Value, next.Place));
            }
        }

        Root = roots[0];
    }

    public ReportNode Root { get; }

    /// <summary>Every <c>_sklearn_version</c> in the file.</summary>
    public IReadOnlyList<string> Versions => [.. _versions];

    /// <summary>Whether a name stands where a value is expected, as a function does, rather than as the class of an object.</summary>
    public bool IsFunction(PyGlobal name) => _functions.Contains(name);

    /// <summary>What a value is, as Python would write it where that is short.</summary>
    internal static string Short(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        string text => text.Length <= 60 ? $"'{text}'" : $"'{text[..57]}...' ({text.Length} characters)",
        double number => PyFloat.Format(number),
        float number => PyFloat.Format(number),
        byte[] bytes => $"{bytes.Length} bytes",
        NdArray array => $"{array.Type} {array.ShapeText}",
        PyTuple { Count: <= 4 } tuple when tuple.Items.All(item => item is null or bool or long or int or double or string) =>
            tuple.Count == 1 ? $"({Short(tuple[0])},)" : $"({string.Join(", ", tuple.Items.Select(Short))})",
        PyTuple tuple => $"tuple of {tuple.Count}",
        PyList list => $"list of {list.Count}",
        PyDict dict => $"dict of {dict.Count}",
        PySet set => $"{(set.IsFrozen ? "frozenset" : "set")} of {set.Items.Count}",
        PyInstance instance => instance.Type.ToString(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    private ReportNode Describe(object value, string place)
    {
        var values = new List<ReportValue>();
        var children = new List<ReportNode>();
        var found = new List<(object Value, string Place)>();
        foreach (var (name, attribute) in Attributes(value))
        {
            if (attribute is string version && name == "_sklearn_version")
            {
                _versions.Add(version);
            }

            if (attribute is PyGlobal global)
            {
                _functions.Add(global);
            }

            if (!FindObjects(attribute, name, found) && values.Count < MaximumValues)
            {
                values.Add(new ReportValue(name, Short(attribute)));
            }
        }

        // The stack turns the order around twice.
        for (var i = found.Count - 1; i >= 0; i--)
        {
            _open.Push((found[i].Value, found[i].Place, children));
        }

        return new ReportNode(place, value is PyInstance instance ? instance.Type.ToString() : Short(value), values, children);
    }

    private static IEnumerable<(string Name, object? Value)> Attributes(object value)
    {
        switch (value)
        {
            case PyInstance instance:
                foreach (var argument in instance.Arguments.Where(argument => argument is PyInstance or PyGlobal or NdArray))
                {
                    yield return ("(argument)", argument);
                }

                foreach (var (key, attribute) in instance.Attributes.Entries)
                {
                    yield return (key as string ?? Short(key), attribute);
                }

                break;
            case PyDict dict:
                foreach (var (key, entry) in dict.Entries)
                {
                    yield return (key as string ?? Short(key), entry);
                }

                break;
            default:
                var items = value is PyList list ? list.Items : (IReadOnlyList<object?>)((PyTuple)value).Items;
                for (var i = 0; i < items.Count; i++)
                {
                    yield return (string.Create(CultureInfo.InvariantCulture, $"[{i}]"), items[i]);
                }

                break;
        }
    }

    // The objects in an attribute, through the containers in between; false where there is none.
    private bool FindObjects(object? attribute, string name, List<(object Value, string Place)> found)
    {
        var before = found.Count;
        var containers = new Stack<(object? Value, string Place, int Depth)>();
        containers.Push((attribute, name, 0));
        while (containers.TryPop(out var next) && _visits++ < MaximumVisits && _met.Count + found.Count < MaximumObjects)
        {
            switch (next.Value)
            {
                case PyInstance:
                    found.Add((next.Value, next.Place));
                    break;
                case PyTuple { Count: 2 } pair when pair[0] is string key && next.Depth > 0:
                    containers.Push((pair[1], $"{next.Place}.{key}", next.Depth + 1));
                    break;
                case PyDict or PyList or PyTuple when next.Depth < 6:
                    foreach (var (key, item) in Attributes(next.Value).Reverse())
                    {
                        if (item is PyGlobal global)
                        {
                            _functions.Add(global);
                        }

                        containers.Push((item, key.StartsWith('[') ? next.Place + key : $"{next.Place}.{key}", next.Depth + 1));
                    }

                    break;
                case NdArray { Data: object?[] items } when next.Depth < 6:
                    for (var i = Math.Min(items.Length, MaximumObjects) - 1; i >= 0; i--)
                    {
                        containers.Push((items[i], $"{next.Place}[{i}]", next.Depth + 1));
                    }

                    break;
            }
        }

        return found.Count > before;
    }
}
