using System.Globalization;

namespace Skiff.Sklearn;

/// <summary>Reads the binary model format, which pickles hold until 1.3: memory images of xgboost's own structures.</summary>
/// <remarks>
/// xgboost 1.2, <c>src/learner.cc</c> (<c>LearnerModelParamLegacy</c>, <c>LearnerIO::LoadModel</c>), <c>src/gbm/gbtree_model.h</c>,
/// <c>src/gbm/gblinear_model.h</c>, <c>include/xgboost/tree_model.h</c>. The sizes of the structures have not changed from 0.6 to 3.0, the last that
/// wrote them; it says 1 where others say 0 for leaves of one value.
/// </remarks>
internal static class LegacyPayload
{
    private const int LearnerReserved = 27 * 4;
    private const int LinearParameters = 34 * 4;
    private const int ForestReserved = 32 * 4;
    private const int TreeReserved = 31 * 4;
    private const int StatisticsSize = 16;
    private const int IndexMask = int.MaxValue;

    /// <summary>Reads a model.</summary>
    /// <exception cref="PayloadException">It is none, or a part of it is missing.</exception>
    public static BoosterModel Read(ReadOnlySpan<byte> bytes)
    {
        var cursor = new LegacyCursor(bytes);
        if (bytes.StartsWith("binf"u8))
        {
            cursor.Take(4);
        }

        var baseScore = cursor.Single();
        var features = cursor.Integer();
        var classes = cursor.Integer();
        var hasAttributes = cursor.Integer() != 0;
        cursor.Integer();
        var version = new BoosterVersion(cursor.Integer(), cursor.Integer());
        cursor.Take(LearnerReserved);
        var objective = cursor.Text();
        var booster = cursor.Text();
        var model = new BoosterModel
        {
            Version = version.Major < 1 ? default : version,
            Objective = objective,
            BaseScore = [baseScore],
            Features = features,
            Outputs = Math.Max(classes, 1),
        };
        model = booster switch
        {
            "gbtree" => ReadTrees(ref cursor, model, hasWeights: false),
            "dart" => ReadTrees(ref cursor, model, hasWeights: true),
            "gblinear" => ReadLinear(ref cursor, model),
            _ => throw new PayloadException($"the booster '{(booster.Length <= 40 ? booster : "?")}' is unknown; gbtree, dart and gblinear are read"),
        };
        return hasAttributes ? model with { BestIteration = ReadBestIteration(ref cursor) } : model;
    }

    private static BoosterModel ReadTrees(ref LegacyCursor cursor, BoosterModel model, bool hasWeights)
    {
        var count = cursor.Integer();
        cursor.Take((3 * 4) + 8 + 4);
        if (cursor.Integer() > 1)
        {
            throw new PayloadException("leaves with several values are unknown in the binary format");
        }

        cursor.Take(ForestReserved);
        var trees = new List<BoosterTree>();
        for (var i = 0; i < count; i++)
        {
            trees.Add(ReadTree(ref cursor));
        }

        var groups = cursor.Integers(trees.Count);
        var weights = hasWeights && trees.Count > 0 ? cursor.Singles(cursor.Count()) : null;
        return model with { Trees = trees, Groups = groups, Weights = weights };
    }

    private static BoosterTree ReadTree(ref LegacyCursor cursor)
    {
        cursor.Integer();
        var nodes = cursor.Integer();
        cursor.Take(3 * 4);
        if (cursor.Integer() > 1)
        {
            throw new PayloadException("leaves with several values are unknown in the binary format");
        }

        cursor.Take(TreeReserved);
        var fields = cursor.Integers(5L * nodes);
        cursor.Take((long)StatisticsSize * nodes);
        var columns = new int[5][];
        for (var field = 0; field < columns.Length; field++)
        {
            columns[field] = new int[nodes];
            for (var i = 0; i < nodes; i++)
            {
                columns[field][i] = fields[(5 * i) + field];
            }
        }

        // Parent, left child, right child, column with the default direction in its sign, and the threshold or the leaf's value.
        var values = Array.ConvertAll(columns[4], BitConverter.Int32BitsToSingle);
        return new BoosterTree(
            new TreeArrays<float>
            {
                Left = columns[1],
                Right = columns[2],
                Feature = Array.ConvertAll(columns[3], index => index & IndexMask),
                Threshold = Array.ConvertAll(values, SplitThreshold.Below),
                MissingLeft = Array.ConvertAll(columns[3], index => index < 0),
            },
            values,
            1,
            null);
    }

    private static BoosterModel ReadLinear(ref LegacyCursor cursor, BoosterModel model)
    {
        cursor.Take(LinearParameters);
        return model with { Coefficients = cursor.Singles(cursor.Count()) };
    }

    private static int? ReadBestIteration(ref LegacyCursor cursor)
    {
        int? best = null;
        for (var left = cursor.Count(); left > 0; left--)
        {
            var name = cursor.Text();
            var value = cursor.Text();
            if (name == "best_iteration" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                best = number;
            }
        }

        return best;
    }
}
