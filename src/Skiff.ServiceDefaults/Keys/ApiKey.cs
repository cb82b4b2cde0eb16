namespace Skiff.ServiceDefaults;

/// <summary>A key that was configured. The key itself is not kept, only its hash.</summary>
/// <param name="Name">Its name for logs and metrics; <c>unnamed</c> where it was given none.</param>
/// <param name="Hash">SHA-256 of the key in UTF-8.</param>
internal sealed record ApiKey(string Name, byte[] Hash);
