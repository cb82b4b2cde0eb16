using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What a model file holds, and whether it can be served.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Bytes">Its size on disk.</param>
/// <param name="Container">What the pickle is wrapped in: <c>none</c>, <c>zlib</c>, <c>gzip</c>, ….</param>
/// <param name="PickleBytes">The size of the pickle, inflated.</param>
/// <param name="Protocol">The pickle protocol.</param>
/// <param name="Versions">Every release of scikit-learn that wrote a part of it.</param>
/// <param name="Root">The tree of what is in it.</param>
/// <param name="Names">Every Python name in it.</param>
/// <param name="Signature">What it takes and gives, or null where it cannot be served.</param>
/// <param name="Problem">Why it cannot be served, or null.</param>
/// <param name="Warnings">What is odd about it.</param>
public sealed record ModelReport(
    string File,
    long Bytes,
    string Container,
    long PickleBytes,
    int Protocol,
    IReadOnlyList<string> Versions,
    ReportNode Root,
    IReadOnlyList<ReportName> Names,
    ModelSignature? Signature,
    string? Problem,
    IReadOnlyList<string> Warnings);

/// <summary>An object in a model file.</summary>
/// <param name="Place">Where it stands in the object above it: <c>steps[0].tfidf</c>; empty for the outermost.</param>
/// <param name="Type">Its Python class.</param>
/// <param name="Values">Its attributes that hold no further objects, each with a short text.</param>
/// <param name="Children">The objects within it.</param>
public sealed record ReportNode(string Place, string Type, IReadOnlyList<ReportValue> Values, IReadOnlyList<ReportNode> Children);

/// <summary>An attribute of an object in a model file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it holds, as Python would write it where it is short, or its kind and shape.</param>
public sealed record ReportValue(string Name, string Text);

/// <summary>A Python name in a model file.</summary>
/// <param name="Name">Module and name.</param>
/// <param name="Verdict"><c>read</c>, <c>not supported</c>, or <c>function, needs text_utils.py</c>.</param>
/// <param name="Count">How often the file spells it out.</param>
/// <param name="Offset">The byte offset in the inflated pickle where it stands first.</param>
public sealed record ReportName(string Name, string Verdict, int Count, long Offset);
