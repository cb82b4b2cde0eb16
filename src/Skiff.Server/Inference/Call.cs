using Microsoft.AspNetCore.Http;
using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>One request on its way through the data plane. Reused from request to request, with the memory it stands on.</summary>
internal sealed class Call
{
    internal const string Json = "application/json";

    /// <summary>The request's id.</summary>
    internal string RequestId { get; private set; } = string.Empty;

    /// <summary>When it came.</summary>
    internal long Start { get; private set; }

    internal Protocol Protocol { get; private set; }

    /// <summary>The model that its path names, or null.</summary>
    internal string? RouteModel { get; private set; }

    /// <summary>The version that its path names, or null.</summary>
    internal string? RouteVersion { get; private set; }

    /// <summary>Whether its body is sent as JSON.</summary>
    internal bool IsJson { get; private set; }

    internal Scratch Scratch { get; private set; } = null!;

    /// <summary>Where the answer's body is written.</summary>
    internal ByteBuffer Response { get; private set; } = null!;

    /// <summary>The body, where it did not come in one piece.</summary>
    internal ByteBuffer Body { get; private set; } = null!;

    /// <summary>For texts with escapes; each use ends the one before.</summary>
    internal ByteBuffer Text { get; private set; } = null!;

    internal Skiff.Models.Results Results { get; } = new();

    /// <summary>The version that answers, once it is known.</summary>
    internal LoadedVersion? Version { get; set; }

    /// <summary>The version that must be loaded first.</summary>
    internal CatalogVersion? Pending { get; set; }

    /// <summary>The version that was read for it: held here, because it may have had to go from memory again.</summary>
    internal LoadedVersion? Read { get; set; }

    /// <summary>How many bytes it holds of those that all may hold.</summary>
    internal long Held { get; set; }

    /// <summary>How many bytes its work may take of those that all work may take.</summary>
    internal long Work { get; set; }

    /// <summary>Whether it has a turn of the gate.</summary>
    internal bool HoldsTurn { get; set; }

    internal FailureReason Failure { get; set; }

    /// <summary>The fault of ours that it failed by.</summary>
    internal Exception? Bug { get; set; }

    /// <summary>When it ends unanswered.</summary>
    internal CallLimit Limit { get; } = new();

    internal int Status { get; set; }

    internal string ContentType { get; set; } = Json;

    internal int RetryAfterSeconds { get; set; }

    internal void Begin(Scratch scratch, Protocol protocol, string requestId, long start, string? model, string? version, bool isJson)
    {
        Scratch = scratch;
        Response = scratch.Bytes();
        Text = scratch.Bytes();
        Body = scratch.Bytes();
        Protocol = protocol;
        RequestId = requestId;
        Start = start;
        RouteModel = model;
        RouteVersion = version;
        IsJson = isJson;
        Failure = FailureReason.None;
        Status = StatusCodes.Status200OK;
        ContentType = Json;
        RetryAfterSeconds = 0;
        HoldsTurn = false;
        Pending = null;
        Read = null;
        Version = null;
    }

    /// <summary>Lets go of everything, so that nothing keeps a version alive that is not served any more.</summary>
    internal void End()
    {
        Results.Clear();
        Limit.End();
        Bug = null;
        Version = null;
        Pending = null;
        Read = null;
        RouteModel = null;
        RouteVersion = null;
    }
}
