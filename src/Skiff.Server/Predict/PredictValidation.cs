using Microsoft.AspNetCore.Http;
using Skiff.Models;

namespace Skiff.Server;

/// <summary>Judges the shape of a <c>/predict</c> body, as the Python service does: before any model is looked at.</summary>
internal static class PredictValidation
{
    /// <summary>Reads a body; where it does not validate, the answer is written.</summary>
    /// <param name="call">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="plane">Says what the model takes, for the name of a missing key.</param>
    /// <param name="text">The body without a mark of the byte order.</param>
    /// <param name="request">Where its keys are.</param>
    internal static bool TryRead(Call call, ReadOnlySpan<byte> body, DataPlane plane, out ReadOnlySpan<byte> text, out PredictRequest request)
    {
        text = JsonBody.WithoutMark(body);
        request = default;
        if (body.IsEmpty || !call.IsJson)
        {
            return Reject(call, FailureReason.Shape, body, JsonError.None, 0);
        }

        var invalid = JsonBody.FindInvalidByte(text);
        if (invalid >= 0)
        {
            return Reject(call, FailureReason.Json, text, JsonError.NotUtf8, invalid);
        }

        if (!PredictRequest.TryRead(text, call.Text, out request, out var error, out var position))
        {
            return Reject(call, FailureReason.Json, text, error, position);
        }

        return IsValid(text, request) || RejectShape(call, plane, text, request);
    }

    private static bool IsValid(ReadOnlySpan<byte> text, in PredictRequest request) =>
        request.Document.Kind == JsonKind.Object
        && request.Text.Kind is JsonKind.Text or JsonKind.Absent
        && (request.Text.Kind == JsonKind.Text
            || !request.Instance.IsAbsent
            || (request.Instances.Kind == JsonKind.Array && !IsEmptyList(request.Instances.Of(text))))
        && request.Version.Kind is JsonKind.Text or JsonKind.Null or JsonKind.Absent
        && request.Model.Kind is JsonKind.Text or JsonKind.Null or JsonKind.Absent
        && request.Outputs.Kind is JsonKind.Array or JsonKind.Null or JsonKind.Absent;

    private static bool IsEmptyList(ReadOnlySpan<byte> list) => list[1..^1].IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private static bool Reject(Call call, FailureReason reason, ReadOnlySpan<byte> text, JsonError error, int position)
    {
        Begin(call, reason);
        var errors = new ValidationErrors(call.Response);
        if (error != JsonError.None)
        {
            errors.AddInvalidJson(text, error, position);
        }
        else if (text.IsEmpty)
        {
            errors.AddMissingBody();
        }
        else
        {
            errors.AddNotSentAsJson(text);
        }

        errors.Close();
        return false;
    }

    private static bool RejectShape(Call call, DataPlane plane, ReadOnlySpan<byte> text, in PredictRequest request)
    {
        Begin(call, FailureReason.Shape);
        var errors = new ValidationErrors(call.Response);
        var document = request.Document.Of(text);
        if (request.Document.Kind == JsonKind.Null)
        {
            errors.AddMissingBody();
        }
        else if (request.Document.Kind != JsonKind.Object)
        {
            errors.AddNotAnObject(document);
        }
        else
        {
            AddRows(ref errors, plane, text, request, document);
            AddIfNotText(ref errors, "version"u8, request.Version, text);
            AddIfNotText(ref errors, "model"u8, request.Model, text);
            if (request.Outputs.Kind is not (JsonKind.Array or JsonKind.Null or JsonKind.Absent))
            {
                errors.AddNotAList("outputs"u8, request.Outputs.Of(text));
            }
        }

        errors.Close();
        return false;
    }

    private static void AddRows(
        ref ValidationErrors errors, DataPlane plane, ReadOnlySpan<byte> text, in PredictRequest request, ReadOnlySpan<byte> document)
    {
        if (!request.Text.IsAbsent)
        {
            if (request.Text.Kind != JsonKind.Text)
            {
                errors.AddNotAString("text"u8, -1, request.Text.Of(text));
            }
        }
        else if (request.Instance.IsAbsent && request.Instances.IsAbsent)
        {
            var form = plane.Cache.Table.Default?.Serving?.Plan.Input.Form ?? InputForm.Text;
            errors.AddMissing(form == InputForm.Text ? "text"u8 : "instances"u8, document);
        }
        else if (request.Instance.IsAbsent && request.Instances.Kind != JsonKind.Array)
        {
            errors.AddNotAList("instances"u8, request.Instances.Of(text));
        }
        else if (request.Instance.IsAbsent && IsEmptyList(request.Instances.Of(text)))
        {
            errors.AddEmptyList("instances"u8);
        }
    }

    private static void AddIfNotText(ref ValidationErrors errors, ReadOnlySpan<byte> key, JsonSpan value, ReadOnlySpan<byte> text)
    {
        if (value.Kind is not (JsonKind.Text or JsonKind.Null or JsonKind.Absent))
        {
            errors.AddNotAString(key, -1, value.Of(text));
        }
    }

    private static void Begin(Call call, FailureReason reason)
    {
        call.Failure = reason;
        call.Status = StatusCodes.Status422UnprocessableEntity;
    }
}
