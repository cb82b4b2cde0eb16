using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>Where the known keys of a <c>/predict</c> body are. Of a doubled key the last counts; unknown keys are passed over.</summary>
internal struct PredictRequest
{
    internal JsonSpan Document;
    internal JsonSpan Text;
    internal JsonSpan Instance;
    internal JsonSpan Instances;
    internal JsonSpan Outputs;
    internal JsonSpan Model;
    internal JsonSpan Version;

    /// <summary>Reads a body.</summary>
    /// <param name="body">UTF-8.</param>
    /// <param name="names">For names with escapes.</param>
    /// <param name="request">Where the keys are; its document is all there is where the body is not an object.</param>
    /// <param name="error">What is wrong where the body is not JSON.</param>
    /// <param name="errorPosition">The byte at which it is wrong.</param>
    internal static bool TryRead(ReadOnlySpan<byte> body, ByteBuffer names, out PredictRequest request, out JsonError error, out int errorPosition)
    {
        request = default;
        var scanner = new JsonScanner(body);
        scanner.SkipWhiteSpace();
        var ok = scanner.Kind == JsonKind.Object
            ? request.ReadObject(body, names, ref scanner)
            : scanner.ReadValue(out request.Document) && scanner.ReadEnd();
        error = scanner.Error;
        errorPosition = scanner.ErrorPosition;
        return ok;
    }

    private bool ReadObject(ReadOnlySpan<byte> body, ByteBuffer names, ref JsonScanner scanner)
    {
        var start = scanner.Position;
        var more = scanner.Enter((byte)'}');
        while (more)
        {
            if (!scanner.ReadName(out var name) || !scanner.ReadValue(out var value))
            {
                return false;
            }

            Keep(JsonText.Unescape(name.Of(body), names), value);
            if (!scanner.ReadSeparator((byte)'}', out more))
            {
                return false;
            }
        }

        Document = new JsonSpan(start, scanner.Position - start, JsonKind.Object);
        return scanner.ReadEnd();
    }

    private void Keep(ReadOnlySpan<byte> name, JsonSpan value)
    {
        if (name.SequenceEqual("text"u8))
        {
            Text = value;
        }
        else if (name.SequenceEqual("version"u8))
        {
            Version = value;
        }
        else if (name.SequenceEqual("instances"u8))
        {
            Instances = value;
        }
        else if (name.SequenceEqual("instance"u8))
        {
            Instance = value;
        }
        else if (name.SequenceEqual("outputs"u8))
        {
            Outputs = value;
        }
        else if (name.SequenceEqual("model"u8))
        {
            Model = value;
        }
    }
}
