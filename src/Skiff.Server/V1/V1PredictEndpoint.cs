using Skiff.Models;

namespace Skiff.Server;

/// <summary><c>POST /v1/models/{m}:predict</c>: <c>{"instances":[...]}</c> to <c>{"predictions":[...]}</c>.</summary>
internal sealed class V1PredictEndpoint(InferenceServices services) : InferenceEndpoint(services, Protocol.V1)
{
    /// <inheritdoc/>
    protected override Progress Answer(Call call, ReadOnlySpan<byte> body)
    {
        var text = ErrorBodies.CheckedText(body);
        if (!PredictRequest.TryRead(text, call.Text, out var request, out var error, out var position))
        {
            throw ErrorBodies.NotJson(text, error, position);
        }

        if (request.Document.Kind != JsonKind.Object || request.Instances.Kind != JsonKind.Array)
        {
            throw new CallException(FailureReason.Shape, "the body should be an object with \"instances\", a list");
        }

        var progress = Plane.Acquire(call, call.RouteModel!, call.RouteVersion);
        if (progress != Progress.Done)
        {
            return progress;
        }

        var version = call.Version!;
        var writer = version.Plan.Begin(call.Scratch);
        RowReader.ReadAll(call.Text, version.Plan, writer, request.Instances.Of(text));
        if (writer.Rows == 0)
        {
            throw new CallException(FailureReason.Shape, "\"instances\" should hold at least one instance");
        }

        DataPlane.Run(call, version.Default, writer.End());
        ref readonly var result = ref call.Results[0];
        call.Response.Append("{\"predictions\":"u8);
        AnswerWriter.AppendRows(call.Response, result, version.Pieces.Labels(result.Output));
        call.Response.Append((byte)'}');
        return Progress.Done;
    }

    /// <inheritdoc/>
    protected override void WriteFailure(Call call, CallException failure) => ErrorBodies.Write(call, failure.Message);

    /// <inheritdoc/>
    protected override void WriteInputFailure(Call call, ReadOnlySpan<byte> body, InputException failure) => ErrorBodies.WriteInputFailure(call, failure);
}
