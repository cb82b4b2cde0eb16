namespace Skiff.ServiceDefaults;

/// <summary>Which keys callers must send one of.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>Keys separated by commas, each as <c>key</c> or <c>name:key</c>; null for none.</summary>
    public string? Keys { get; set; }

    /// <summary>A file with such keys, one a line or separated by commas, lines that begin with <c>#</c> left out; null for none. Read again when it changes.</summary>
    public string? File { get; set; }

    /// <summary>Whether keys were asked for, be they there or not.</summary>
    public bool IsAskedFor => Keys is not null || File is not null;

    /// <summary>The variable that holds keys, for messages; with <c>_FILE</c> behind it the one that names a file.</summary>
    public string Variable { get; set; } = "SKIFF_API_KEYS";
}
