using Skiff.Models;
using Skiff.Numerics;
using Skiff.Server;

namespace Skiff.Cli;

/// <summary>Writes the answers of one batch after the other.</summary>
/// <param name="output">Where they go.</param>
/// <param name="wanted">The outputs to write, in this order.</param>
internal abstract class AnswerSink(Stream output, IReadOnlyList<ModelOutput> wanted)
{
    private readonly Dictionary<LabelSet, byte[][]> _labels = new(ReferenceEqualityComparer.Instance);
    private bool _isBegun;

    /// <summary>The outputs to write.</summary>
    protected IReadOnlyList<ModelOutput> Wanted { get; } = wanted;

    /// <summary>What has been written and not sent yet.</summary>
    protected ByteBuffer Buffer { get; } = new();

    /// <summary>Writes the answers of a batch.</summary>
    public void Write(Results results)
    {
        if (!_isBegun)
        {
            _isBegun = true;
            Begin(results);
        }

        var rows = results[0].Rows;
        for (var row = 0; row < rows; row++)
        {
            WriteRow(results, row);
            if (Buffer.Length > 1 << 16)
            {
                Flush();
            }
        }
    }

    /// <summary>Sends what has been written.</summary>
    public void Flush()
    {
        output.Write(Buffer.Written);
        Buffer.Clear();
    }

    /// <summary>Writes what comes before the first row.</summary>
    protected virtual void Begin(Results results)
    {
    }

    /// <summary>Writes one row.</summary>
    protected abstract void WriteRow(Results results, int row);

    /// <summary>Where the answer of an output is.</summary>
    protected static int Find(Results results, ModelOutput output)
    {
        for (var i = 0; i < results.Count; i++)
        {
            if (ReferenceEquals(results[i].Output, output))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"The model gave no '{output.Name}'.");
    }

    /// <summary>Each label of an output as it is written; null where its cells are no labels.</summary>
    protected byte[][]? Labels(ModelOutput output)
    {
        if (output.Labels is null)
        {
            return null;
        }

        if (!_labels.TryGetValue(output.Labels, out var rendered))
        {
            var buffer = new ByteBuffer();
            rendered = new byte[output.Labels.Count][];
            for (var i = 0; i < rendered.Length; i++)
            {
                buffer.Clear();
                AppendLabel(buffer, output.Labels, i);
                rendered[i] = buffer.Written.ToArray();
            }

            _labels.Add(output.Labels, rendered);
        }

        return rendered;
    }

    /// <summary>Writes one label.</summary>
    protected virtual void AppendLabel(ByteBuffer buffer, LabelSet labels, int index) => AnswerPieces.AppendLabel(buffer, labels, index);
}
