using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>The parts of a version's answers that are always the same, as JSON.</summary>
internal sealed class AnswerPieces
{
    private readonly Dictionary<LabelSet, byte[][]> _labels = new(ReferenceEqualityComparer.Instance);

    internal AnswerPieces(CatalogVersion entry, ModelSignature signature)
    {
        var head = new ByteBuffer();
        head.Append("{\"version\":"u8);
        JsonText.AppendQuoted(head, entry.Version);
        Head = head.Written.ToArray();

        var metadata = new ByteBuffer();
        metadata.Append(",\"metadata\":{\"best_cv_accuracy\":"u8);
        metadata.Append(entry.Facts.BestCvAccuracy.Span);
        metadata.Append(",\"test_accuracy\":"u8);
        metadata.Append(entry.Facts.TestAccuracy.Span);
        metadata.Append(",\"saved_at\":"u8);
        metadata.Append(entry.Facts.SavedAt.Span);
        metadata.Append("},\"requestId\":\""u8);
        Tail = metadata.Written.ToArray();

        var v2 = new ByteBuffer();
        v2.Append("{\"model_name\":"u8);
        JsonText.AppendQuoted(v2, entry.Model);
        v2.Append(",\"model_version\":"u8);
        JsonText.AppendQuoted(v2, entry.Version);
        V2Head = v2.Written.ToArray();

        OutputNames = [.. signature.Outputs.Select(o => Utf8.GetBytes(o.Name))];
        MethodNamesUtf8 = [.. signature.Outputs.Select(o => Utf8.GetBytes(MethodNames.Of(o.Method)))];
        foreach (var output in signature.Outputs)
        {
            if (output.Labels is not null)
            {
                _labels[output.Labels] = Render(output.Labels);
            }
        }

        if (signature.Classes is not null)
        {
            _labels[signature.Classes] = Render(signature.Classes);
            Classes = RenderClasses(_labels[signature.Classes]);
        }
    }

    /// <summary><c>{"version":"1.0.0"</c>.</summary>
    internal byte[] Head { get; }

    /// <summary><c>,"metadata":{...},"requestId":"</c>.</summary>
    internal byte[] Tail { get; }

    /// <summary><c>{"model_name":"iris","model_version":"1.0.0"</c>.</summary>
    internal byte[] V2Head { get; }

    /// <summary><c>,"classes":[...]</c>; null where the model has none.</summary>
    internal byte[]? Classes { get; }

    /// <summary>The name of each output of the signature.</summary>
    internal byte[][] OutputNames { get; }

    /// <summary>The name of the method of each output of the signature.</summary>
    internal byte[][] MethodNamesUtf8 { get; }

    /// <summary>Each label as JSON; null for an output that has none.</summary>
    internal byte[][]? Labels(ModelOutput output) => output.Labels is null ? null : _labels[output.Labels];

    private static byte[][] Render(LabelSet labels)
    {
        var rendered = new byte[labels.Count][];
        var buffer = new ByteBuffer();
        for (var i = 0; i < labels.Count; i++)
        {
            buffer.Clear();
            AppendLabel(buffer, labels, i);
            rendered[i] = buffer.Written.ToArray();
        }

        return rendered;
    }

    internal static void AppendLabel(ByteBuffer buffer, LabelSet labels, int index)
    {
        switch (labels.Kind)
        {
            case LabelKind.Text:
                JsonText.AppendQuoted(buffer, labels.Utf8Text(index));
                break;
            case LabelKind.Int64:
                AnswerWriter.AppendInteger(buffer, (long)labels.Values[index]);
                break;
            case LabelKind.Bool:
                buffer.Append((bool)labels.Values[index] ? "true"u8 : "false"u8);
                break;
            default:
                JsonEcho.AppendNumber(buffer, (double)labels.Values[index]);
                break;
        }
    }

    private static byte[] RenderClasses(byte[][] labels)
    {
        var buffer = new ByteBuffer();
        buffer.Append(",\"classes\":["u8);
        for (var i = 0; i < labels.Length; i++)
        {
            buffer.Append(i == 0 ? ""u8 : ","u8);
            buffer.Append(labels[i]);
        }

        buffer.Append((byte)']');
        return buffer.Written.ToArray();
    }
}
