using Skiff.Models;
using Skiff.Pickle;
using Skiff.Sklearn;
using Skiff.TestKit.Fixtures;

namespace Skiff.Fuzz;

/// <summary>Loads a model from an object graph, as if a file had held it, asks it twice about a small table, and compares the answers.</summary>
internal sealed class LoadedAnswers
{
    private const string File = "model.joblib";
    private const int MostColumns = 4096;
    private const int BytesOfColumn = 512;
    private const int MostAnswers = 1 << 20;

    private static readonly double[] Cells = [0, -1.5, double.NaN, 3, 1e9, 0.25, 7];

    private readonly Scratch _scratch = new();
    private readonly Results _results = new();

    /// <summary>Loads and asks. A refusal of the file, or of the table by the model, is an outcome.</summary>
    /// <param name="root">What the file holds.</param>
    /// <param name="source">Where the file would be; its functions are looked for beside it.</param>
    /// <param name="input">The rows; null for some of the model's own width.</param>
    public Outcome Run(object? root, ModelSource source, FixtureInput? input)
    {
        try
        {
            var artifacts = new ArtifactReader(source, PickleOptions.Default, default);
            artifacts.Add(source.Artifacts[0], new PickleDocument(root));
            var model = new ModelAssembly(source, artifacts, new ReadContext(new FunctionLibrary(source, SklearnOptions.Default))).Build();
            if (model.Plan.Input.Columns.Count > MostColumns)
            {
                return new Outcome(true, 0) { Allowance = (long)BytesOfColumn * model.Plan.Input.Columns.Count };
            }

            var first = Ask(model, input);
            return first == Ask(model, input) ? new Outcome(true, first) : throw new FindingException("the same rows gave other answers");
        }
        catch (Exception e) when (e is ModelLoadException or InputException)
        {
            return Outcome.Refused(e);
        }
    }

    /// <summary>A source for a model that is in no folder.</summary>
    public static ModelSource Nowhere { get; } = new() { Directory = SeedFiles.At("tests/fixtures"), Artifacts = [File], FunctionPaths = [] };

    private ulong Ask(SklearnModel model, FixtureInput? input)
    {
        try
        {
            model.Run(model.Methods, input is null ? Rows(model.Plan) : FixtureRows.Write(model.Plan, _scratch, input, 0, Math.Min(input.Rows, 3)), _scratch, _results);
            return Sum();
        }
        finally
        {
            _results.Clear();
            _scratch.Reset();
        }
    }

    private Table Rows(InputPlan plan)
    {
        var writer = plan.Begin(_scratch);
        var width = Math.Max(plan.Input.Columns.Count, 1);
        for (var row = 0; row < 3; row++)
        {
            writer.BeginRow();
            for (var column = 0; column < width; column++)
            {
                writer.SetNumber(writer.NextColumn(), Cells[(row + (2 * column)) % Cells.Length]);
            }

            writer.EndRow();
        }

        return writer.End();
    }

    private ulong Sum()
    {
        var sum = new Fingerprint();
        for (var i = 0; i < _results.Count; i++)
        {
            ref readonly var result = ref _results[i];
            sum.Add(result.Output.Name);
            sum.Add(result.Rows);
            sum.Add(result.Columns);
            if ((long)result.Rows * result.Columns > MostAnswers)
            {
                continue;
            }

            foreach (var code in result.Codes.AsSpan(0, result.Codes is null ? 0 : result.Rows * result.Columns))
            {
                sum.Add((long)code);
                _ = result.Output.Labels?.Values[code];
            }

            for (var row = 0; row < (result.Numbers?.Rows ?? 0); row++)
            {
                foreach (var number in result.Numbers switch { DenseBlock dense => dense.Row(row), CsrBlock sparse => sparse.Values(row), _ => [] })
                {
                    sum.Add(number);
                }
            }
        }

        return sum.Value;
    }
}
