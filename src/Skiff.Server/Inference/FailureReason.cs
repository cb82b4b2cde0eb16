namespace Skiff.Server;

/// <summary>Why a request was not answered with a prediction. Each is one row of the status table, and one label of the metrics.</summary>
internal enum FailureReason
{
    None,

    /// <summary>The body is not JSON.</summary>
    Json,

    /// <summary>The body is not what the protocol asks for.</summary>
    Shape,

    /// <summary>The model does not take what the rows hold.</summary>
    Input,

    /// <summary>The model does not have what was asked for.</summary>
    Output,

    /// <summary>A function or pattern of the model ran past its budget, or raised.</summary>
    Function,

    /// <summary>Several models are served and none was named.</summary>
    ModelNotNamed,

    UnknownModel,

    UnknownVersion,

    /// <summary>The version is there and was refused when it was loaded.</summary>
    RefusedVersion,

    /// <summary>Nothing is loaded yet.</summary>
    NotReady,

    QueueFull,

    /// <summary>All requests together hold as many bytes as they may.</summary>
    BufferFull,

    /// <summary>There was not enough memory for its work.</summary>
    OutOfMemory,

    TooLarge,

    Deadline,

    /// <summary>The caller has gone, or sent less than it said.</summary>
    Aborted,

    /// <summary>A bug of ours.</summary>
    Internal,
}

internal static class FailureReasons
{
    internal const int Count = (int)FailureReason.Internal + 1;

    /// <summary>The status by the protocol.</summary>
    internal static int Status(this FailureReason reason, Protocol protocol) => reason switch
    {
        FailureReason.UnknownModel or FailureReason.UnknownVersion => 404,
        FailureReason.RefusedVersion => 409,
        FailureReason.NotReady or FailureReason.QueueFull or FailureReason.BufferFull or FailureReason.OutOfMemory => 503,
        FailureReason.TooLarge => 413,
        FailureReason.Deadline => 504,
        FailureReason.Aborted => 400,
        FailureReason.Internal => 500,
        FailureReason.None => 200,
        _ => protocol == Protocol.Simple ? 422 : 400,
    };

    internal static string Label(this FailureReason reason) => reason switch
    {
        FailureReason.Json => "invalid_json",
        FailureReason.Shape => "invalid_request",
        FailureReason.Input => "invalid_input",
        FailureReason.Output => "unknown_output",
        FailureReason.Function => "function",
        FailureReason.ModelNotNamed => "model_not_named",
        FailureReason.UnknownModel => "unknown_model",
        FailureReason.UnknownVersion => "unknown_version",
        FailureReason.RefusedVersion => "refused_version",
        FailureReason.NotReady => "not_ready",
        FailureReason.QueueFull => "queue_full",
        FailureReason.BufferFull => "buffer_full",
        FailureReason.OutOfMemory => "out_of_memory",
        FailureReason.TooLarge => "too_large",
        FailureReason.Deadline => "deadline",
        FailureReason.Aborted => "aborted",
        FailureReason.Internal => "internal",
        _ => "none",
    };
}
