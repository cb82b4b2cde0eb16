using System.Diagnostics.CodeAnalysis;

namespace Skiff.Gateway;

/// <summary>The gateway holds as much of other requests and answers as it may.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It has one message, and one place where it is caught.")]
internal sealed class BufferFullException()
    : Exception("the gateway holds as many bytes of requests and answers as it may; --max-buffered-bytes (SKIFF_MAX_BUFFERED_BYTES) sets the limit");
