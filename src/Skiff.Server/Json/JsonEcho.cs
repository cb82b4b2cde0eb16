using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>
/// Writes a value of a request back into an answer as Python would after reading it: of a doubled key the last value at the first's place, numbers as
/// <c>repr</c> writes them, no white space.
/// </summary>
internal static class JsonEcho
{
    /// <summary>Appends a value that <see cref="JsonScanner"/> has accepted.</summary>
    internal static void Append(ByteBuffer destination, ReadOnlySpan<byte> value)
    {
        var open = new Stack<EchoLevel>();
        var scanner = new JsonScanner(value);
        while (true)
        {
            var kind = scanner.Kind;
            if (kind is JsonKind.Object or JsonKind.Array)
            {
                var level = new EchoLevel(kind == JsonKind.Object);
                if (level.Open(destination, value, ref scanner))
                {
                    open.Push(level);
                    continue;
                }
            }
            else
            {
                scanner.ReadValue(out var span);
                AppendScalar(destination, span.Of(value), kind);
            }

            while (open.TryPeek(out var level) && !level.Continue(destination, value, ref scanner))
            {
                open.Pop();
            }

            if (open.Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>Appends a number as Python's <c>json</c> writes it, with the words of the answer's own for what JSON lacks.</summary>
    internal static void AppendNumber(ByteBuffer destination, double value)
    {
        if (double.IsFinite(value))
        {
            destination.Advance(PyFloat.Format(value, destination.GetSpan(PyFloat.MaxLength)));
            return;
        }

        destination.Append(double.IsNaN(value) ? "\"NaN\""u8 : value > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);
    }

    private static void AppendScalar(ByteBuffer destination, ReadOnlySpan<byte> value, JsonKind kind)
    {
        if (kind == JsonKind.Text)
        {
            JsonText.AppendQuoted(destination, JsonText.Content(value, new ByteBuffer(value.Length)));
        }
        else if (kind != JsonKind.Number)
        {
            destination.Append(value);
        }
        else if (!JsonNumber.IsInteger(value))
        {
            AppendNumber(destination, JsonNumber.Parse(value));
        }
        else
        {
            destination.Append(value.SequenceEqual("-0"u8) ? "0"u8 : value);
        }
    }
}
