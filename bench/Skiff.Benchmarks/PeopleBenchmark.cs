using BenchmarkDotNet.Attributes;
using Skiff.Models;
using Skiff.Sklearn;

namespace Skiff.Benchmarks;

/// <summary>One row of a data frame through imputers, scaler, encoder and a logistic regression, from a record to its probability.</summary>
[MemoryDiagnoser]
[Config(typeof(InOneProcess))]
public class PeopleBenchmark
{
    private static readonly Person[] People = [new(22, 7.25, "male", "S", 3), new(null, 71.3, "female", null, 1), new(35, 8.05, "male", "Q", 2)];

    private MappedModel<Person> _model = null!;
    private int _next;

    [GlobalSetup]
    public void SetUp() => _model = SklearnModel.Load(ModelFiles.Of("people")).MapRows<Person>(map => map
        .Column("age", person => person.Age)
        .Column("fare", person => person.Fare)
        .Column("sex", person => person.Sex)
        .Column("port", person => person.Port)
        .Column("class", person => person.Class));

    [Benchmark]
    public double OneRow()
    {
        using var answers = _model.Run(Methods.PredictProba, People[_next++ % People.Length]);
        return answers.Probabilities.Row(0)[1];
    }

    private sealed record Person(double? Age, double Fare, string Sex, string? Port, int Class);
}
