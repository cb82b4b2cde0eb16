using Microsoft.AspNetCore.Http;
using Skiff.Models;

namespace Skiff.Server;

/// <summary>Which of a version's outputs the simple API is asked for.</summary>
internal static class OutputSelection
{
    /// <summary>Reads <c>outputs</c>; where it asks for what the model does not have, the answer is written.</summary>
    /// <param name="call">The request.</param>
    /// <param name="version">The version.</param>
    /// <param name="text">The body.</param>
    /// <param name="list">Where the list is.</param>
    /// <param name="wanted">Gets 1 at each output that is asked for, else 0.</param>
    /// <param name="methods">The methods that give them.</param>
    internal static bool TryRead(Call call, LoadedVersion version, ReadOnlySpan<byte> text, JsonSpan list, Span<int> wanted, out Methods methods)
    {
        wanted.Clear();
        methods = Methods.None;
        if (list.Kind != JsonKind.Array)
        {
            return true;
        }

        var names = list.Of(text);
        var scanner = new JsonScanner(names);
        var more = scanner.Enter((byte)']');
        for (var i = 0; more; i++)
        {
            scanner.ReadValue(out var value);
            if (value.Kind != JsonKind.Text || !TrySelect(version, JsonText.Content(value.Of(names), call.Text), wanted, ref methods))
            {
                Reject(call, version, i, value, names);
                return false;
            }

            scanner.ReadSeparator((byte)']', out more);
        }

        return true;
    }

    /// <summary>Selects the outputs of a name: an output's own, or that of a method, which may give several.</summary>
    internal static bool TrySelect(LoadedVersion version, ReadOnlySpan<byte> name, Span<int> wanted, ref Methods methods)
    {
        var found = false;
        var outputs = version.Model.Signature.Outputs;
        for (var i = 0; i < outputs.Count; i++)
        {
            if (name.SequenceEqual(version.Pieces.OutputNames[i]) || name.SequenceEqual(version.Pieces.MethodNamesUtf8[i]))
            {
                wanted[i] = 1;
                methods |= outputs[i].Method;
                found = true;
            }
        }

        return found;
    }

    private static void Reject(Call call, LoadedVersion version, int index, JsonSpan value, ReadOnlySpan<byte> names)
    {
        call.Failure = value.Kind == JsonKind.Text ? FailureReason.Output : FailureReason.Shape;
        call.Status = StatusCodes.Status422UnprocessableEntity;
        var errors = new ValidationErrors(call.Response);
        if (value.Kind == JsonKind.Text)
        {
            errors.AddUnknownName("outputs"u8, index, Expected(version), value.Of(names));
        }
        else
        {
            errors.AddNotAString("outputs"u8, index, value.Of(names));
        }

        errors.Close();
    }

    // As pydantic lists them: 'predict', 'predict_proba' or 'decision_function'.
    private static string Expected(LoadedVersion version)
    {
        var names = version.Model.Signature.Outputs.Select(o => $"'{o.Name}'").ToList();
        return names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " or " + names[^1];
    }
}
