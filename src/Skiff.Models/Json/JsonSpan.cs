namespace Skiff.Models;

/// <summary>What a JSON value is, told by its first byte.</summary>
internal enum JsonKind : byte
{
    Absent,
    Null,
    Boolean,
    Number,
    Text,
    Array,
    Object,
}

/// <summary>Where a value stands in a JSON text that has been found well formed.</summary>
/// <param name="start">The offset of its first byte.</param>
/// <param name="length">How many bytes it has; 0 where there is no value.</param>
/// <param name="kind">What it is.</param>
internal readonly struct JsonSpan(int start, int length, JsonKind kind)
{
    internal int Start { get; } = start;

    internal int Length { get; } = length;

    internal JsonKind Kind { get; } = kind;

    internal bool IsAbsent => Kind == JsonKind.Absent;

    /// <summary>The value's bytes.</summary>
    internal ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text) => text.Slice(Start, Length);
}
