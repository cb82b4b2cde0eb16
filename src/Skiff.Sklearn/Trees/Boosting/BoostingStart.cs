using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What the raw predictions of a boosting loss mean.</summary>
internal enum BoostingLink
{
    /// <summary>The prediction itself.</summary>
    Identity,

    /// <summary>The log odds of the second class.</summary>
    Logit,

    /// <summary>Half the log odds of the second class.</summary>
    HalfLogit,

    /// <summary>The logarithm of each class's probability.</summary>
    Logarithm,

    /// <summary>The same, less its mean over the classes.</summary>
    CenteredLogarithm,
}

/// <summary>Where the raw predictions of a gradient boosting start: the answers of its <c>init_</c>, or zero.</summary>
/// <remarks>
/// scikit-learn 1.9, <c>sklearn/ensemble/_gb.py</c>, <c>_raw_predict_init</c> and <c>_init_raw_predictions</c>; until 1.3
/// <c>_gb_losses.py</c>, <c>get_init_raw_predictions</c>. Probabilities are kept from 0 and 1 by the epsilon of float32, from 1.8 on by that of float64.
/// </remarks>
internal sealed class BoostingStart
{
    private readonly Estimator? _init;
    private readonly BoostingLink _link;
    private readonly double _epsilon;

    private BoostingStart(Estimator? init, BoostingLink link, double epsilon)
    {
        _init = init;
        _link = link;
        _epsilon = epsilon;
    }

    /// <summary>Reads <c>init_</c>.</summary>
    /// <param name="node">The boosting.</param>
    /// <param name="link">What its raw predictions mean.</param>
    /// <param name="classes">How many classes it has; 0 in regression.</param>
    /// <exception cref="ModelLoadException">It cannot answer what the boosting starts from.</exception>
    public static BoostingStart Read(EstimatorNode node, BoostingLink link, int classes)
    {
        if (node.Required("init_") is "zero")
        {
            return new BoostingStart(null, link, 0);
        }

        var init = node.Child("init_");
        if (!ReferenceEquals(init, UnreadEstimator.Instance))
        {
            Check(node, init, classes);
        }

        return new BoostingStart(init, link, node.Version < new SklearnVersion(1, 8) ? Math.ScaleB(1, -23) : Math.ScaleB(1, -52));
    }

    /// <summary>Judges whether the starting estimator can be fed with such blocks.</summary>
    public void CheckInput(BlockKind kind) => _init?.CheckInput(kind);

    /// <summary>Fills the raw predictions before the first tree.</summary>
    public void Fill(Block x, DenseBlock raw, Scratch scratch, Results results)
    {
        if (_init is null)
        {
            raw.Values.Clear();
            return;
        }

        var method = _link == BoostingLink.Identity ? Methods.Predict : Methods.PredictProba;
        var answers = Inner.Numbers(_init, method, Inner.ToSingle(x, scratch), scratch, results);
        for (var row = 0; row < raw.Rows; row++)
        {
            Apply(answers.Row(row), raw.Row(row));
        }
    }

    private static void Check(EstimatorNode node, Estimator init, int classes)
    {
        var method = classes == 0 ? Methods.Predict : Methods.PredictProba;
        if (!init.Methods.HasFlag(method))
        {
            throw node.Error($"'init_' has no {MethodNames.Of(method)}");
        }

        var output = init.Outputs.First(o => o.Method == method);
        var columns = Math.Max(output.Columns, 1);
        if (output.Kind != OutputKind.Float64 || columns != Math.Max(classes, 1))
        {
            throw node.Error($"'init_' answers {output.Name} with {columns} columns of {output.Kind}; {Math.Max(classes, 1)} columns of numbers are expected");
        }
    }

    private void Apply(ReadOnlySpan<double> answers, Span<double> raw)
    {
        switch (_link)
        {
            case BoostingLink.Identity:
                raw[0] = answers[0];
                break;
            case BoostingLink.Logit:
                raw[0] = Logit(answers[1]);
                break;
            case BoostingLink.HalfLogit:
                raw[0] = 0.5 * Logit(answers[1]);
                break;
            default:
                Logarithms(answers, raw);
                break;
        }
    }

    private void Logarithms(ReadOnlySpan<double> answers, Span<double> raw)
    {
        var mean = 0.0;
        for (var k = 0; k < raw.Length; k++)
        {
            raw[k] = Math.Log(Clip(answers[k]));
            mean += raw[k];
        }

        if (_link == BoostingLink.CenteredLogarithm)
        {
            mean /= raw.Length;
            foreach (ref var value in raw)
            {
                value -= mean;
            }
        }
    }

    private double Logit(double probability)
    {
        var clipped = Clip(probability);
        return Math.Log(clipped / (1 - clipped));
    }

    private double Clip(double probability) =>
        probability < _epsilon ? _epsilon : probability > 1 - _epsilon ? 1 - _epsilon : probability;
}
