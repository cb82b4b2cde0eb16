using System.Globalization;

namespace Skiff.Sklearn;

/// <summary>Reads lightgbm's model text, which its pickles hold and its <c>save_model</c> writes.</summary>
/// <remarks>lightgbm 4.6, <c>src/boosting/gbdt_model_text.cpp</c>, <c>SaveModelToString</c> and <c>LoadModelFromString</c>.</remarks>
internal sealed class LgbmTextReader
{
    private const int OldestFormat = 2;
    private const int NewestFormat = 4;
    private const int MostFeatures = 1 << 24;
    private const int MostOutputs = 1 << 16;

    private readonly string _text;
    private int _at;
    private ReadOnlyMemory<char> _line;

    private LgbmTextReader(string text) => _text = text;

    /// <summary>Reads a model.</summary>
    /// <exception cref="PayloadException">It is none, or a part of it is missing.</exception>
    public static LgbmPayload Read(string text)
    {
        var reader = new LgbmTextReader(text);
        var head = reader.ReadHead();
        var trees = reader.ReadTrees();
        var (categorical, isBeforeThree) = reader.ReadParameters();
        if (head.Has("tree_sizes") && Words(head.Text("tree_sizes")).Length is var sizes && sizes != trees.Count)
        {
            throw head.Error("tree_sizes", $"names {sizes} trees; there are {trees.Count}");
        }

        var outputs = head.Integer("num_class", 1, MostOutputs);
        if (head.Has("num_tree_per_iteration") && head.Integer("num_tree_per_iteration", 1, MostOutputs) is var each && each != outputs)
        {
            throw head.Error("num_tree_per_iteration", $"is {each}, 'num_class' {outputs}");
        }

        var features = head.Integer("max_feature_idx", 0, MostFeatures - 1) + 1;
        return new LgbmPayload
        {
            Format = ReadFormat(head),
            Objective = head.Has("objective") ? head.Text("objective") : null,
            Outputs = outputs,
            Features = features,
            FeatureNames = EachColumn(head, "feature_names", features),
            FeatureInfos = EachColumn(head, "feature_infos", features),
            IsAverage = head.Has("average_output"),
            Trees = trees,
            Categorical = categorical,
            IsBeforeThree = isBeforeThree,
        };
    }

    private static int ReadFormat(LgbmSection head)
    {
        if (!head.Has("version"))
        {
            throw head.Error("version", "is missing: it was written by lightgbm before 2.1; load it with a later release and save it again");
        }

        var version = head.Text("version");
        var isKnown = version.StartsWith('v') && int.TryParse(version.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var format);
        return isKnown && int.Parse(version.AsSpan(1), CultureInfo.InvariantCulture) is >= OldestFormat and <= NewestFormat and var known
            ? known
            : throw head.Error("version", $"is '{(version.Length <= 20 ? version : "?")}'; v{OldestFormat} to v{NewestFormat} are read");
    }

    private static string[] EachColumn(LgbmSection head, string key, int features) => Words(head.Text(key)) is var words && words.Length == features
        ? words
        : throw head.Error(key, $"holds {words.Length} words for {features} columns");

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private LgbmSection ReadHead()
    {
        if (!Next() || !_line.Span.SequenceEqual("tree"))
        {
            throw new PayloadException("the text does not begin with 'tree'");
        }

        var head = new LgbmSection("the head");
        while (Next() && !IsTree && !IsEndOfTrees)
        {
            head.Add(_line);
        }

        return head;
    }

    private List<LgbmTree> ReadTrees()
    {
        var trees = new List<LgbmTree>();
        while (IsTree)
        {
            var tree = new LgbmSection($"tree {trees.Count}");
            while (Next() && !_line.IsEmpty)
            {
                tree.Add(_line);
            }

            trees.Add(LgbmTreeReader.Read(tree));
            while (_line.IsEmpty && Next())
            {
            }
        }

        // Before 2.2 nothing says where the trees end.
        return IsEndOfTrees || _line.Span.SequenceEqual("feature importances:")
            ? trees
            : throw new PayloadException($"the text breaks off, or does not go on, behind {trees.Count} trees: 'end of trees' is missing");
    }

    private (string? Categorical, bool IsBeforeThree) ReadParameters()
    {
        const string Categorical = "[categorical_feature: ";
        var (categorical, knowsSmoothing, hasAny) = ((string?)null, false, false);
        while (Next())
        {
            hasAny |= _line.Span.SequenceEqual("parameters:");
            knowsSmoothing |= _line.Span.StartsWith("[path_smooth: ");
            categorical = _line.Span.StartsWith(Categorical) ? _line[Categorical.Length..].Span.TrimEnd(']').ToString() : categorical;
        }

        return (categorical, hasAny && !knowsSmoothing);
    }

    private bool IsTree => _line.Span.StartsWith("Tree=");

    private bool IsEndOfTrees => _line.Span.SequenceEqual("end of trees");

    private bool Next()
    {
        if (_at >= _text.Length)
        {
            _line = default;
            return false;
        }

        var end = _text.IndexOf('\n', _at);
        end = end < 0 ? _text.Length : end;
        _line = _text.AsMemory(_at, end - _at);
        _line = _line.Span.EndsWith("\r") ? _line[..^1] : _line;
        _at = end + 1;
        return true;
    }
}
