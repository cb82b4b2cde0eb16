using System.Buffers.Binary;

namespace Skiff.Sklearn;

/// <summary>What a pickled booster holds as its <c>handle</c>: the encodings of all releases, told apart by their first bytes.</summary>
/// <remarks>
/// xgboost 3.3, <c>src/learner.cc</c>, <c>LearnerIO::Load</c>: an object <c>{Model, Config}</c> in UBJSON since 1.6 and in JSON from 1.4 to 1.5; from 1.0
/// to 1.3 <c>CONFIG-offset:</c>, the length of the model in the binary format, that model, and its configuration in JSON; the binary format alone
/// before.
/// </remarks>
internal static class BoosterPayload
{
    /// <summary>Reads a model.</summary>
    /// <exception cref="PayloadException">It is none, or a part of it is missing.</exception>
    public static BoosterModel Read(ReadOnlySpan<byte> bytes)
    {
        var header = "CONFIG-offset:"u8;
        if (bytes.StartsWith(header))
        {
            var rest = bytes[header.Length..];
            var length = rest.Length < 8 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(rest);
            return length >= 0 && length <= rest.Length - 8
                ? Read(rest.Slice(8, (int)length))
                : throw new PayloadException($"the model's length is {length}, which is more than there is");
        }

        if (bytes.IsEmpty)
        {
            throw new PayloadException("it is empty");
        }

        return bytes[0] == '{' ? DocumentPayload.Read(IsJson(bytes) ? JsonPayload.Read(bytes) : UbjsonPayload.Read(bytes)) : LegacyPayload.Read(bytes);
    }

    // In UBJSON the first key follows at once, with the marker of its length.
    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        var second = bytes[1..].TrimStart(" \t\r\n"u8);
        return second.StartsWith("\""u8) || second.StartsWith("}"u8);
    }
}
