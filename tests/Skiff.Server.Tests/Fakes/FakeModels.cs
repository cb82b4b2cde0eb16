using Skiff.Models;

namespace Skiff.Server.Tests;

/// <summary>A text classifier: the second label where the text holds "good" or "great".</summary>
internal sealed class TextModel : IModel
{
    private readonly ModelOutput _predict;
    private readonly ModelOutput _proba;

    internal TextModel(string positive)
    {
        var labels = LabelSet.Of(["negative", positive]);
        _predict = new ModelOutput(Methods.Predict, "predict", OutputKind.Label, 0, labels);
        _proba = new ModelOutput(Methods.PredictProba, "predict_proba", OutputKind.Float64, 2);
        Signature = new ModelSignature("sklearn_joblib", ModelInput.Text, [_predict, _proba]) { Classes = labels, Producer = "a test" };
    }

    public ModelSignature Signature { get; }

    public Methods Methods => Methods.Predict | Methods.PredictProba;

    public long Size => 1000;

    public void Run(Methods wanted, in Table input, Scratch scratch, Models.Results results)
    {
        var texts = (TextBlock)input.Blocks[0];
        var codes = scratch.IntegerArray(input.Rows);
        for (var i = 0; i < input.Rows; i++)
        {
            var text = texts.Text(i);
            if (text.SequenceEqual("boom"u8))
            {
                throw new InputException(InputErrorKind.Function, $"clean_text, row {i}: ValueError: boom", i);
            }

            codes[i] = text.IndexOf("good"u8) >= 0 || text.IndexOf("great"u8) >= 0 ? 1 : 0;
        }

        if ((wanted & Methods.Predict) != 0)
        {
            results.Add(_predict, codes, input.Rows);
        }

        if ((wanted & Methods.PredictProba) != 0)
        {
            var proba = scratch.Dense(input.Rows, 2);
            for (var i = 0; i < input.Rows; i++)
            {
                proba.Row(i)[0] = codes[i] == 0 ? 0.75 : 0.1;
                proba.Row(i)[1] = codes[i] == 0 ? 0.25 : 0.9;
            }

            results.Add(_proba, proba);
        }
    }
}

/// <summary>Numbers in, their sum out, and the numbers themselves as transform.</summary>
internal sealed class MatrixModel : IModel
{
    private static readonly ModelOutput Sum = new(Methods.Predict, "predict", OutputKind.Float64, 0);

    private readonly ModelOutput _same;

    internal MatrixModel(int width)
    {
        _same = new ModelOutput(Methods.Transform, "transform", OutputKind.Float64, width);
        Signature = new ModelSignature("sklearn_joblib", ModelInput.Matrix(width, width == 3 ? ["a", "b", "c"] : null), [Sum, _same]);
    }

    public ModelSignature Signature { get; }

    public Methods Methods => Methods.Predict | Methods.Transform;

    public long Size => 1000;

    public void Run(Methods wanted, in Table input, Scratch scratch, Models.Results results)
    {
        var numbers = (DenseBlock)input.Blocks[0];
        if ((wanted & Methods.Predict) != 0)
        {
            var sums = scratch.Dense(input.Rows, 1);
            for (var i = 0; i < input.Rows; i++)
            {
                var sum = 0d;
                foreach (var value in numbers.Row(i))
                {
                    sum += value;
                }

                sums.Row(i)[0] = sum;
            }

            results.Add(Sum, sums);
        }

        if ((wanted & Methods.Transform) != 0)
        {
            results.Add(_same, numbers);
        }
    }
}

/// <summary>A number and a text a row; answers an integer: the number, or -1 where the text is missing.</summary>
internal sealed class FrameModel : IModel
{
    private static readonly ModelOutput Answer = new(Methods.Predict, "predict", OutputKind.Int64, 0);

    public ModelSignature Signature { get; } = new(
        "sklearn_joblib",
        new ModelInput(InputForm.Frame, [new InputColumn("city", ColumnKind.Text), new InputColumn("age", ColumnKind.Number)], true),
        [Answer]);

    public Methods Methods => Methods.Predict;

    public long Size => 1000;

    public void Run(Methods wanted, in Table input, Scratch scratch, Models.Results results)
    {
        var codes = scratch.IntegerArray(input.Rows);
        for (var i = 0; i < input.Rows; i++)
        {
            codes[i] = ((TextBlock)input.Blocks[1]).IsMissing(i) ? -1 : (int)((DenseBlock)input.Blocks[0]).Row(i)[0];
        }

        results.Add(Answer, codes, input.Rows);
    }
}

/// <summary>Says that a call has begun, and waits.</summary>
internal sealed class SlowModel(FakeLoader loader) : IModel
{
    private static readonly ModelOutput Answer = new(Methods.Predict, "predict", OutputKind.Int64, 0);

    public ModelSignature Signature { get; } = new("sklearn_joblib", ModelInput.Text, [Answer]);

    public Methods Methods => Methods.Predict;

    public long Size => 1000;

    public void Run(Methods wanted, in Table input, Scratch scratch, Models.Results results)
    {
        loader.Begun.Release();
        loader.Gate.Wait();
        results.Add(Answer, scratch.IntegerArray(input.Rows), input.Rows);
    }
}

/// <summary>Says that a call has begun, and works on, a thousandth of what a look takes at a time.</summary>
internal sealed class LongModel(FakeLoader loader) : IModel
{
    private static readonly ModelOutput Answer = new(Methods.Predict, "predict", OutputKind.Int64, 0);

    public ModelSignature Signature { get; } = new("sklearn_joblib", ModelInput.Text, [Answer]);

    public Methods Methods => Methods.Predict;

    public long Size => 1000;

    public void Run(Methods wanted, in Table input, Scratch scratch, Models.Results results)
    {
        loader.Begun.Release();
        try
        {
            while (!loader.Gate.Wait(0))
            {
                scratch.Step(CancellationWatch.AboutAMillisecond / 1000);
            }
        }
        catch (OperationCanceledException)
        {
            loader.Ended.Release();
            throw;
        }

        var codes = scratch.IntegerArray(input.Rows);
        codes.AsSpan(0, input.Rows).Fill(7);
        results.Add(Answer, codes, input.Rows);
    }
}

/// <summary>A bug.</summary>
internal sealed class CrashModel : IModel
{
    public ModelSignature Signature { get; } = new(
        "sklearn_joblib", ModelInput.Text, [new ModelOutput(Methods.Predict, "predict", OutputKind.Int64, 0)]);

    public Methods Methods => Methods.Predict;

    public long Size => 1000;

    public void Run(Methods wanted, in Table input, Scratch scratch, Models.Results results) => throw new InvalidOperationException("secret");
}

/// <summary>A model whose work needs more memory than there is.</summary>
internal sealed class HungryModel : IModel
{
    public ModelSignature Signature { get; } = new(
        "sklearn_joblib", ModelInput.Text, [new ModelOutput(Methods.Predict, "predict", OutputKind.Int64, 0)]);

    public Methods Methods => Methods.Predict;

    public long Size => 1000;

    public void Run(Methods wanted, in Table input, Scratch scratch, Models.Results results) => throw new InsufficientMemoryException();
}

/// <summary>Another model, with memory of its own: as much as it says.</summary>
internal sealed class SizedModel(IModel model, long size) : IModel
{
    private readonly byte[] _memory = new byte[size];

    public ModelSignature Signature => model.Signature;

    public Methods Methods => model.Methods;

    public long Size => _memory.Length;

    public void Run(Methods wanted, in Table input, Scratch scratch, Models.Results results) => model.Run(wanted, input, scratch, results);
}
