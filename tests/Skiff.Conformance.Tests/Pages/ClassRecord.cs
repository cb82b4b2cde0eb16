using Skiff.Models;
using Skiff.TestKit.Fixtures;

namespace Skiff.Conformance.Tests.Pages;

/// <summary>What the fixtures of one class showed.</summary>
internal sealed class ClassRecord
{
    private readonly SortedDictionary<string, double> _doubles = new(StringComparer.Ordinal);

    /// <summary>The models that answered.</summary>
    public int Models { get; private set; }

    /// <summary>Their answers, each a number or a label.</summary>
    public long Answers { get; private set; }

    /// <summary>The releases that wrote them.</summary>
    public SortedSet<string> Releases { get; } = new(Comparer<string>.Create((a, b) => Version.Parse(a).CompareTo(Version.Parse(b))));

    /// <summary>The methods that every model answered.</summary>
    public Methods Always { get; private set; } = (Methods)(-1);

    /// <summary>The methods that some model answered.</summary>
    public Methods Sometimes { get; private set; }

    /// <summary>By release the largest deviation where scikit-learn computes in float64, as a part of max(1, |value|).</summary>
    public IReadOnlyDictionary<string, double> Doubles => _doubles;

    /// <summary>The largest deviation where scikit-learn computes in float32, in units in the last place of max(1, |value|); null without such answers.</summary>
    public double? Single { get; private set; }

    /// <summary>Runs a fixture's model and keeps what it shows.</summary>
    public void Add(Fixture fixture, IModel model)
    {
        var methods = fixture.Outputs.Keys.Aggregate(Methods.None, (all, output) => all | ConformanceTests.MethodOf(output));
        Models++;
        Releases.Add(fixture.Release);
        Always &= methods;
        Sometimes |= methods;
        Conformance.Tests.Answers.Run(model, methods, fixture.Input!, 0, fixture.Input!.Rows, results =>
        {
            foreach (var (output, expected) in fixture.Outputs)
            {
                Measure(fixture.Release, expected, results[output]);
            }
        });
    }

    private void Measure(string release, FixtureArray expected, in Result actual)
    {
        Answers += actual.Rows * actual.Columns;
        if (actual.Output.Kind != OutputKind.Float64)
        {
            return;
        }

        foreach (var (_, _, wanted, given) in Conformance.Tests.Answers.Numbers(expected, actual, 0))
        {
            var scale = Math.Max(1, Math.Abs(wanted));
            var deviation = wanted.Equals(given) ? 0 : Math.Abs(wanted - given);
            if (expected.Kind == "float32")
            {
                Single = Math.Max(Single ?? 0, deviation == 0 ? 0 : deviation / (MathF.BitIncrement((float)scale) - (float)scale));
            }
            else
            {
                _doubles[release] = Math.Max(_doubles.GetValueOrDefault(release), deviation == 0 ? 0 : deviation / scale);
            }
        }
    }
}
