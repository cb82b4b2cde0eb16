namespace Skiff.Server;

/// <summary>Ends a request with a failure. The message is for the caller.</summary>
/// <param name="reason">Which row of the status table it is.</param>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="place">Where in the request, for the simple API's <c>loc</c> after <c>body</c>; null where there is no place.</param>
internal sealed class CallException(FailureReason reason, string message, string? place = null) : Exception(message)
{
    internal FailureReason Reason { get; } = reason;

    internal string? Place { get; } = place;
}
