using Microsoft.AspNetCore.Http;
using Skiff.Models;

namespace Skiff.Server;

/// <summary><c>POST /predict</c> of the simple API.</summary>
internal sealed class PredictEndpoint(InferenceServices services) : InferenceEndpoint(services, Protocol.Simple)
{
    /// <inheritdoc/>
    protected override Progress Answer(Call call, ReadOnlySpan<byte> body)
    {
        if (!PredictValidation.TryRead(call, body, Plane, out var text, out var request))
        {
            return Progress.Done;
        }

        var model = request.Model.Kind == JsonKind.Text ? JsonText.Content(request.Model.Of(text), call.Scratch.Bytes()) : default;
        var version = request.Version.Kind == JsonKind.Text ? JsonText.Content(request.Version.Of(text), call.Text) : default;
        var progress = Plane.Acquire(call, model, !model.IsEmpty, version);
        if (progress != Progress.Done)
        {
            return progress;
        }

        var loaded = call.Version!;
        var wanted = call.Scratch.Integers(loaded.Model.Signature.Outputs.Count);
        if (!OutputSelection.TryRead(call, loaded, text, request.Outputs, wanted, out var methods))
        {
            return Progress.Done;
        }

        var writer = loaded.Plan.Begin(call.Scratch);
        Fill(call, loaded.Plan, writer, text, request);
        DataPlane.Run(call, methods | loaded.Default, writer.End());
        Write(call, loaded, isMany: request.Text.IsAbsent && request.Instance.IsAbsent, wanted, hasOutputs: request.Outputs.Kind == JsonKind.Array);
        return Progress.Done;
    }

    /// <inheritdoc/>
    protected override void WriteFailure(Call call, CallException failure) => SimpleErrors.Write(call, failure);

    /// <inheritdoc/>
    protected override void WriteInputFailure(Call call, ReadOnlySpan<byte> body, InputException failure)
    {
        call.Status = StatusCodes.Status422UnprocessableEntity;
        var text = JsonBody.WithoutMark(body);
        PredictRequest.TryRead(text, call.Text, out var request, out _, out _);
        var errors = new ValidationErrors(call.Response);
        var type = failure.Kind == InputErrorKind.Function ? "function_error"u8 : "value_error"u8;
        if (!request.Text.IsAbsent)
        {
            errors.AddRefused(type, "text"u8, -1, null, failure.Message, request.Text.Of(text));
        }
        else if (!request.Instance.IsAbsent)
        {
            errors.AddRefused(type, "instance"u8, -1, failure.Column, failure.Message, request.Instance.Of(text));
        }
        else
        {
            errors.AddRefused(type, "instances"u8, failure.Row, failure.Column, failure.Message, FindRow(request.Instances.Of(text), failure.Row));
        }

        errors.Close();
    }

    private static void Fill(Call call, InputPlan plan, TableWriter writer, ReadOnlySpan<byte> text, in PredictRequest request)
    {
        if (!request.Text.IsAbsent || !request.Instance.IsAbsent)
        {
            var row = (request.Text.IsAbsent ? request.Instance : request.Text).Of(text);
            var scanner = new JsonScanner(row);
            RowReader.Read(call.Text, plan, writer, row, ref scanner);
        }
        else
        {
            RowReader.ReadAll(call.Text, plan, writer, request.Instances.Of(text));
        }
    }

    private static void Write(Call call, LoadedVersion version, bool isMany, ReadOnlySpan<int> wanted, bool hasOutputs)
    {
        var response = call.Response;
        var pieces = version.Pieces;
        response.Append(pieces.Head);
        response.Append(isMany ? ",\"predictions\":"u8 : ",\"prediction\":"u8);
        ref readonly var first = ref call.Results.Find(version.Default);
        if (isMany)
        {
            AnswerWriter.AppendRows(response, first, pieces.Labels(first.Output));
        }
        else
        {
            AnswerWriter.AppendRow(response, first, pieces.Labels(first.Output), 0);
        }

        if (hasOutputs)
        {
            WriteOutputs(call, version, wanted);
            response.Append(pieces.Classes ?? default);
        }

        response.Append(pieces.Tail);
        foreach (var c in call.RequestId)
        {
            response.Append((byte)c);
        }

        response.Append("\"}"u8);
    }

    private static void WriteOutputs(Call call, LoadedVersion version, ReadOnlySpan<int> wanted)
    {
        var response = call.Response;
        response.Append(",\"outputs\":{"u8);
        var isFirst = true;
        for (var i = 0; i < call.Results.Count; i++)
        {
            ref readonly var result = ref call.Results[i];
            var output = version.IndexOf(result.Output);
            if (wanted[output] == 0)
            {
                continue;
            }

            response.Append(isFirst ? ""u8 : ","u8);
            isFirst = false;
            JsonText.AppendQuoted(response, version.Pieces.OutputNames[output]);
            response.Append((byte)':');
            AnswerWriter.AppendRows(response, result, version.Pieces.Labels(result.Output));
        }

        response.Append((byte)'}');
    }

    private static ReadOnlySpan<byte> FindRow(ReadOnlySpan<byte> list, int row)
    {
        if (row < 0 || list.IsEmpty || list[0] != '[')
        {
            return default;
        }

        var scanner = new JsonScanner(list);
        var more = scanner.Enter((byte)']');
        for (var i = 0; more; i++)
        {
            scanner.ReadValue(out var value);
            if (i == row)
            {
                return value.Of(list);
            }

            scanner.ReadSeparator((byte)']', out more);
        }

        return default;
    }
}
