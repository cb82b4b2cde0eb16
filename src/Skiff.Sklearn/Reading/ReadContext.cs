using Skiff.Models;
using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>
/// What the reading of one model shares: the catalog, the functions, and the names that are not supported. Those are collected, so that one
/// message lists them all, each with its place.
/// </summary>
/// <param name="functions">Finds the Python functions that the model names.</param>
internal sealed class ReadContext(FunctionLibrary functions)
{
    // Deeper nesting than any pipeline has; it keeps a hostile file from overflowing the stack.
    private const int MaximumDepth = 32;

    // Estimators that hold the same one twice, and that the same one twice, are two to the power of their number; a fitted model shares none.
    private const int MostRepeats = 1_000;

    // Trees that share their nodes, matrices that are asked for again: far more than any model does, and far less than a small file could claim.
    private const long FreeRepeatedBytes = 8L << 20;
    private const int MostUses = 64;

    private const int MostProblems = 50;

    private readonly List<string> _problems = [];
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<PyInstance> _read = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<NdArray> _used = new(ReferenceEqualityComparer.Instance);
    private int _depth;
    private int _repeats;
    private long _usedBytes;
    private long _repeatedBytes;
    private int _furtherProblems;

    /// <summary>The release of the outermost estimator, for those inside that do not say their own.</summary>
    public SklearnVersion? Version { get; private set; }

    /// <summary>That release as the file spells it: <c>scikit-learn 1.5.1</c>; null until an estimator names one.</summary>
    public string? Producer { get; set; }

    /// <summary>About how much memory what was read so far keeps.</summary>
    public Footprint Footprint { get; } = new();

    /// <summary>Everything that stands in the way of serving the model.</summary>
    public IReadOnlyList<string> Problems => _furtherProblems == 0 ? _problems : [.. _problems, $"and {_furtherProblems} more"];

    /// <summary>Reads an estimator; one that is not supported is noted, and stands in as something that answers nothing.</summary>
    /// <param name="value">What the file holds there.</param>
    /// <param name="path">Where: <c>steps[1].clf</c>.</param>
    public Estimator ReadEstimator(object? value, string path)
    {
        if (value is not PyInstance instance)
        {
            Note(path, $"{Describe.Value(value)} stands where an estimator is expected");
            return UnreadEstimator.Instance;
        }

        if (!EstimatorCatalog.TryFind(instance.Type, out var entry))
        {
            Note(path, WhyNot(instance.Type));
            return UnreadEstimator.Instance;
        }

        if (_depth == MaximumDepth)
        {
            throw new ModelLoadException($"{path}: estimators are nested more than {MaximumDepth} deep");
        }

        _depth++;
        try
        {
            var node = new EstimatorNode(this, instance, entry.Name, path);
            Version ??= node.Version;
            Footprint.AddEstimator();
            return entry.Read(node);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>Counts that an estimator is read, which a file may have put at many places.</summary>
    /// <exception cref="ModelLoadException">Estimators stand at more further places than those of any model do.</exception>
    public void CountRead(PyInstance instance, string path)
    {
        if (!_read.Add(instance) && ++_repeats > MostRepeats)
        {
            throw new ModelLoadException($"{path}: the same estimators stand at more than {MostRepeats} further places");
        }
    }

    /// <summary>Counts that a value is made something of: what a file holds once may become much where it is used again and again.</summary>
    /// <exception cref="ModelLoadException">The same arrays are used more often than any model does.</exception>
    public void CountUse(object? value)
    {
        if (value is not NdArray array)
        {
            return;
        }

        var bytes = (long)array.Size * array.Type.ItemSize;
        if (_used.Add(array))
        {
            _usedBytes += bytes;
            return;
        }

        _repeatedBytes += bytes;
        if (_repeatedBytes > FreeRepeatedBytes && _repeatedBytes / MostUses > _usedBytes)
        {
            throw new ModelLoadException($"the same arrays are used again and again, more than {MostUses} times in all");
        }
    }

    /// <summary>Finds the function that a value stands for, or notes that there is none.</summary>
    /// <param name="value">A name, or a method of <c>str</c>.</param>
    /// <param name="keywords">What it is called with besides the text, or null.</param>
    /// <param name="path">Where it stands.</param>
    public NamedFunction? ReadFunction(object value, PyDict? keywords, string path)
    {
        try
        {
            return value switch
            {
                PyGlobal name => functions.Find(name, keywords),
                PyInstance { Type: { Module: "builtins" or "__builtin__", Name: "getattr" } } method
                    when method.Arguments is [PyGlobal { Name: "str" }, string name] => functions.FindTextMethod(name),
                _ => throw new ModelLoadException($"{Describe.Value(value)} stands where a function is expected; only functions that have a name can be read"),
            };
        }
        catch (ModelLoadException e)
        {
            Note(path, e.Message);
            return null;
        }
    }

    /// <summary>Notes something that stands in the way; of the same thing at several places every place is listed.</summary>
    public void Note(string path, string problem)
    {
        if (_problems.Count == MostProblems)
        {
            _furtherProblems++;
            return;
        }

        var line = path.Length == 0 ? problem : $"{path}: {problem}";
        if (_seen.Add(line))
        {
            _problems.Add(line);
        }
    }

    private static string WhyNot(PyGlobal type) =>
        UnansweringCatalog.TryFind(type, out var reason)
            ? $"{type} answers nothing about new rows: {reason}"
            : ImblearnCatalog.IsSampler(type)
            ? $"{type} answers nothing about new rows: it makes rows to train on; use it as a step of imblearn.pipeline.Pipeline that is not the last"
            : ForeignPackages.Explain(type) ?? $"{type} is not supported";
}
