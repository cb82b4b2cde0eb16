using Skiff.Models;

namespace Skiff.Sklearn;

/// <summary>What an objective makes of the margins: the sums of bias and leaves.</summary>
internal enum BoosterLink
{
    /// <summary>The margin itself.</summary>
    Identity,

    /// <summary>The logistic function.</summary>
    Logistic,

    /// <summary>The exponential function.</summary>
    Exponential,

    /// <summary>1 above zero, else 0.</summary>
    Hinge,

    /// <summary>A probability an output.</summary>
    Softmax,

    /// <summary>The place of the highest output.</summary>
    Highest,

    /// <summary>Each output above the one before it.</summary>
    Increasing,
}

/// <summary>How an objective answers, and how it brings the global bias to the scale of the margins.</summary>
/// <remarks>
/// xgboost 3.3, <c>src/objective</c>, <c>PredTransform</c> and <c>ProbToMargin</c> of each objective, and <c>src/common/math.h</c>. All of it is
/// float32 there. Until 1.3 the bias of <c>binary:logitraw</c> is a probability; since 3.1 that of logistic objectives is kept from 0 and 1.
/// </remarks>
internal sealed class BoosterObjective
{
    private const float Epsilon = 1e-6f;
    private static readonly BoosterVersion Clips = new(3, 1);

    private readonly string _name;
    private readonly BoosterVersion _version;

    private BoosterObjective(string name, BoosterLink link, BoosterVersion version)
    {
        _name = name;
        _version = version;
        Link = link;
    }

    /// <summary>What it makes of the margins.</summary>
    public BoosterLink Link { get; }

    /// <summary>Finds an objective.</summary>
    /// <exception cref="PayloadException">It is unknown.</exception>
    public static BoosterObjective Find(BoosterModel model)
    {
        var name = model.Objective;
        return new BoosterObjective(name, name switch
        {
            "binary:logistic" or "reg:logistic" => BoosterLink.Logistic,
            "count:poisson" or "reg:gamma" or "reg:tweedie" or "survival:cox" or "survival:aft" => BoosterLink.Exponential,
            "binary:hinge" => BoosterLink.Hinge,
            "multi:softprob" => BoosterLink.Softmax,
            "multi:softmax" => BoosterLink.Highest,
            "reg:expectileerror" => BoosterLink.Increasing,
            "reg:squarederror" or "reg:linear" or "reg:squaredlogerror" or "reg:pseudohubererror" or "reg:absoluteerror" or "reg:quantileerror"
                or "binary:logitraw" or "rank:pairwise" or "rank:ndcg" or "rank:map" => BoosterLink.Identity,
            _ => throw new PayloadException($"the objective '{(name.Length <= 40 ? name : "?")}' is unknown; those of xgboost 0.6 to {BoosterVersion.Newest} are read"),
        }, model.Version);
    }

    /// <summary>How many numbers an answer has where a margin has <paramref name="outputs"/>.</summary>
    public int Width(int outputs) => Link == BoosterLink.Highest ? 1 : outputs;

    /// <summary>The global bias of each output, as a margin.</summary>
    /// <exception cref="PayloadException">The objective cannot have such a bias.</exception>
    public float[] Bias(float[] baseScore, int outputs)
    {
        if (baseScore.Length != 1 && baseScore.Length != outputs)
        {
            throw new PayloadException($"'base_score' has {baseScore.Length} numbers for {outputs} outputs");
        }

        var bias = new float[outputs];
        for (var k = 0; k < outputs; k++)
        {
            bias[k] = ToMargin(baseScore[baseScore.Length == 1 ? 0 : k]);
            if (!float.IsFinite(bias[k]))
            {
                throw new PayloadException($"'base_score' is {baseScore[baseScore.Length == 1 ? 0 : k]}, which the objective '{_name}' cannot start from");
            }
        }

        return Link == BoosterLink.Increasing ? Gaps(bias) : bias;
    }

    /// <summary>Turns the margins of every row into answers, in place where they have as many numbers.</summary>
    public DenseBlock Answer(DenseBlock margins, Scratch scratch)
    {
        var answers = margins;
        if (Link == BoosterLink.Highest)
        {
            answers = scratch.Dense(margins.Rows, 1);
            for (var row = 0; row < margins.Rows; row++)
            {
                answers.Row(row)[0] = Highest(margins.Row(row));
            }
        }
        else if (Link != BoosterLink.Identity)
        {
            for (var row = 0; row < margins.Rows; row++)
            {
                Apply(margins.Row(row));
            }
        }

        answers.IsSingle = true;
        return answers;
    }

    /// <summary>Replaces margins by probabilities.</summary>
    public static void Softmax(Span<double> row)
    {
        var highest = (float)row[0];
        foreach (var value in row)
        {
            // As C's fmaxf: NaN only where there is nothing else.
            highest = float.IsNaN(highest) || value > highest ? (float)value : highest;
        }

        var sum = 0.0;
        foreach (ref var value in row)
        {
            value = MathF.Exp((float)value - highest);
            sum += value;
        }

        foreach (ref var value in row)
        {
            value = (float)value / (float)sum;
        }
    }

    // The first of equal ones, and never one that is NaN.
    private static int Highest(ReadOnlySpan<double> row)
    {
        var highest = 0;
        for (var k = 1; k < row.Length; k++)
        {
            highest = row[k] > row[highest] ? k : highest;
        }

        return highest;
    }

    private void Apply(Span<double> row)
    {
        switch (Link)
        {
            case BoosterLink.Softmax:
                Softmax(row);
                break;
            case BoosterLink.Increasing:
                for (var k = 1; k < row.Length; k++)
                {
                    row[k] = (float)((float)row[k - 1] + (Epsilon + Softplus((float)row[k])));
                }

                break;
            default:
                foreach (ref var value in row)
                {
                    value = Apply((float)value);
                }

                break;
        }
    }

    private float Apply(float margin) => Link switch
    {
        BoosterLink.Logistic => 1f / (MathF.Exp(Math.Min(-margin, 88.7f)) + 1f + 1e-16f),
        BoosterLink.Exponential => MathF.Exp(margin),
        _ => margin > 0 ? 1 : 0,
    };

    private float ToMargin(float score)
    {
        // Releases before 1.0 keep the margin itself.
        if (_version.Major < 1)
        {
            return score;
        }

        return Link switch
        {
            BoosterLink.Logistic => Logit(_version >= Clips ? Math.Clamp(score, Epsilon, 1 - Epsilon) : score),
            BoosterLink.Exponential => MathF.Log(score),
            _ when _name == "binary:logitraw" && _version < new BoosterVersion(1, 4) => Logit(score),
            _ => score,
        };
    }

    private static float[] Gaps(float[] bias)
    {
        for (var k = bias.Length - 1; k > 0; k--)
        {
            var gap = Math.Max(bias[k] - bias[k - 1] - Epsilon, Epsilon);
            bias[k] = gap + MathF.Log(-(MathF.Exp(-gap) - 1));
        }

        return bias;
    }

    private static float Logit(float probability) => -MathF.Log((1 / probability) - 1);

    private static float Softplus(float x) => x > 0 ? x + (float)Math.Log(1 + Math.Exp(-x)) : (float)Math.Log(1 + Math.Exp(x));
}
