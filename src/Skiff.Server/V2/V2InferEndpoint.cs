using Skiff.Models;

namespace Skiff.Server;

/// <summary><c>POST /v2/models/{m}[/versions/{v}]/infer</c>.</summary>
internal sealed class V2InferEndpoint(InferenceServices services) : InferenceEndpoint(services, Protocol.V2)
{
    /// <inheritdoc/>
    protected override Progress Answer(Call call, ReadOnlySpan<byte> body)
    {
        var text = ErrorBodies.CheckedText(body);
        var request = call.Scratch.State<InferRequest>();
        request.Read(text, call.Text);
        var progress = Plane.Acquire(call, call.RouteModel!, call.RouteVersion);
        if (progress != Progress.Done)
        {
            return progress;
        }

        var version = call.Version!;
        var wanted = call.Scratch.Integers(version.Model.Signature.Outputs.Count);
        var methods = Select(call, version, text, request.Outputs, wanted);
        var table = TensorReader.Read(call, version.Plan, text, request);
        DataPlane.Run(call, methods, table);
        Write(call, version, request.Id.Of(text), wanted);
        return Progress.Done;
    }

    /// <inheritdoc/>
    protected override void WriteFailure(Call call, CallException failure) => ErrorBodies.Write(call, failure.Message);

    /// <inheritdoc/>
    protected override void WriteInputFailure(Call call, ReadOnlySpan<byte> body, InputException failure) => ErrorBodies.WriteInputFailure(call, failure);

    private static Methods Select(Call call, LoadedVersion version, ReadOnlySpan<byte> text, JsonSpan outputs, Span<int> wanted)
    {
        wanted.Clear();
        var methods = Methods.None;
        if (outputs.Kind == JsonKind.Array)
        {
            var list = outputs.Of(text);
            var scanner = new JsonScanner(list);
            var more = scanner.Enter((byte)']');
            while (more)
            {
                scanner.ReadValue(out var output);
                SelectOne(call, version, list, output, wanted, ref methods);
                scanner.ReadSeparator((byte)']', out more);
            }
        }

        if (methods == Methods.None)
        {
            methods = version.Default;
            for (var i = 0; i < wanted.Length; i++)
            {
                wanted[i] = version.Model.Signature.Outputs[i].Method == methods ? 1 : 0;
            }
        }

        return methods;
    }

    private static void SelectOne(Call call, LoadedVersion version, ReadOnlySpan<byte> list, JsonSpan output, Span<int> wanted, ref Methods methods)
    {
        JsonSpan nameSpan = default;
        if (output.Kind == JsonKind.Object)
        {
            var members = new MemberReader(list, output, call.Text);
            while (members.MoveNext(out var key, out var value))
            {
                nameSpan = key.SequenceEqual("name"u8) ? value : nameSpan;
            }
        }

        if (nameSpan.Kind != JsonKind.Text)
        {
            throw InferRequest.Malformed("each of \"outputs\" should be an object with a \"name\"");
        }

        var name = JsonText.Content(nameSpan.Of(list), call.Text);
        if (!OutputSelection.TrySelect(version, name, wanted, ref methods))
        {
            throw new CallException(
                FailureReason.Output,
                $"the model has no output '{Numerics.Utf8.GetString(name)}'; it has {string.Join(", ", version.Model.Signature.Outputs.Select(o => o.Name))}");
        }
    }

    private static void Write(Call call, LoadedVersion version, ReadOnlySpan<byte> id, ReadOnlySpan<int> wanted)
    {
        var response = call.Response;
        response.Append(version.Pieces.V2Head);
        if (!id.IsEmpty && id[0] == '"')
        {
            response.Append(",\"id\":"u8);
            response.Append(id);
        }

        response.Append(",\"outputs\":["u8);
        var isFirst = true;
        for (var i = 0; i < call.Results.Count; i++)
        {
            ref readonly var result = ref call.Results[i];
            var output = version.IndexOf(result.Output);
            if (wanted[output] == 0)
            {
                continue;
            }

            response.Append(isFirst ? "{\"name\":"u8 : ",{\"name\":"u8);
            isFirst = false;
            JsonText.AppendQuoted(response, version.Pieces.OutputNames[output]);
            response.Append(",\"shape\":["u8);
            AnswerWriter.AppendInteger(response, result.Rows);
            if (result.Output.Columns != 0)
            {
                response.Append((byte)',');
                AnswerWriter.AppendInteger(response, result.Columns);
            }

            response.Append("],\"datatype\":\""u8);
            response.Append(Datatypes.Utf8(result.Output));
            response.Append("\",\"data\":"u8);
            AnswerWriter.AppendFlat(response, result, version.Pieces.Labels(result.Output));
            response.Append((byte)'}');
        }

        response.Append("]}"u8);
    }
}
