using Skiff.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary><c>str.encode</c> and <c>bytes.decode</c> for UTF-8, ASCII and Latin-1.</summary>
internal static class Encodings
{
    public static PyValue Encode(PyContext ctx, PyStr text, PyValue encoding, PyValue errors)
    {
        var (name, limit) = Find(ctx, encoding);
        var mode = Errors(ctx, errors);
        ctx.Charge(text.Length + 40);
        var buffer = ctx.RentBuffer();
        var position = 0;
        for (var at = 0; at < text.Length; position++)
        {
            var start = at;
            var codePoint = Utf8.Decode(text.Span, ref at);
            var surrogate = codePoint is >= 0xD800 and < 0xE000;
            if (codePoint < limit && !surrogate)
            {
                if (name == "utf-8")
                {
                    buffer.Append(text.Span[start..at]);
                }
                else
                {
                    buffer.Append((byte)codePoint);
                }

                continue;
            }

            Replace(ctx, buffer, mode, name, text, codePoint, position);
        }

        var bytes = new PyBytes(buffer.Written.ToArray());
        ctx.ReturnBuffer(buffer);
        return bytes;
    }

    public static PyValue Decode(PyContext ctx, byte[] bytes, PyValue encoding, PyValue errors)
    {
        var (name, limit) = Find(ctx, encoding);
        var mode = Errors(ctx, errors);
        ctx.Charge(bytes.Length + 40);
        var buffer = ctx.RentBuffer();
        for (var at = 0; at < bytes.Length;)
        {
            if (name != "utf-8")
            {
                if (bytes[at] < limit)
                {
                    buffer.AppendCodePoint(bytes[at]);
                }
                else
                {
                    Invalid(ctx, buffer, mode, name, bytes, at, 1, "ordinal not in range(128)");
                }

                at++;
                continue;
            }

            var length = Utf8Decoding.Sequence(bytes.AsSpan(at), out var reason);
            if (reason is null)
            {
                buffer.Append(bytes.AsSpan(at, length));
            }
            else
            {
                Invalid(ctx, buffer, mode, name, bytes, at, length, reason);
            }

            at += length;
        }

        return ctx.TakeStr(buffer);
    }

    private static void Replace(PyContext ctx, ByteBuffer buffer, string mode, string name, PyStr text, int codePoint, int position)
    {
        switch (mode)
        {
            case "ignore":
                return;
            case "replace":
                buffer.Append((byte)'?');
                return;
            case "xmlcharrefreplace":
                buffer.Append(System.Text.Encoding.ASCII.GetBytes($"&#{codePoint};"));
                return;
            case "backslashreplace":
                buffer.Append(System.Text.Encoding.ASCII.GetBytes(codePoint < 0x100 ? $"\\x{codePoint:x2}" : codePoint < 0x10000 ? $"\\u{codePoint:x4}" : $"\\U{codePoint:x8}"));
                return;
            case "surrogatepass" when name == "utf-8":
                buffer.AppendCodePoint(codePoint);
                return;
        }

        CheckStrict(ctx, mode);
        var (codec, range) = name == "utf-8" ? ("utf-8", "surrogates not allowed") : name == "ascii" ? ("ascii", "ordinal not in range(128)") : ("latin-1", "ordinal not in range(256)");
        var end = position + 1;
        var limit = name == "ascii" ? 0x80 : 0x100;
        var at = text.ByteOf(end);
        while (at < text.Length)
        {
            var next = Utf8.Decode(text.Span, ref at);
            if (name == "utf-8" ? next is < 0xD800 or >= 0xE000 : next < limit)
            {
                break;
            }

            end++;
        }

        var what = codePoint < 0x100 ? $"\\x{codePoint:x2}" : codePoint < 0x10000 ? $"\\u{codePoint:x4}" : $"\\U{codePoint:x8}";
        throw ctx.Error(PyExceptionType.UnicodeEncodeError, end - position == 1
            ? $"'{codec}' codec can't encode character '{what}' in position {position}: {range}"
            : $"'{codec}' codec can't encode characters in position {position}-{end - 1}: {range}");
    }

    private static void Invalid(PyContext ctx, ByteBuffer buffer, string mode, string name, byte[] bytes, int at, int length, string reason)
    {
        switch (mode)
        {
            case "ignore":
                return;
            case "replace":
                buffer.AppendCodePoint(0xFFFD);
                return;
            case "backslashreplace":
                for (var i = 0; i < length; i++)
                {
                    buffer.Append(System.Text.Encoding.ASCII.GetBytes($"\\x{bytes[at + i]:x2}"));
                }

                return;
        }

        CheckStrict(ctx, mode);
        throw ctx.Error(PyExceptionType.UnicodeDecodeError, length == 1
            ? $"'{name}' codec can't decode byte 0x{bytes[at]:x2} in position {at}: {reason}"
            : $"'{name}' codec can't decode bytes in position {at}-{at + length - 1}: {reason}");
    }

    /// <summary>A handler is looked for only when there is an error, as CPython does.</summary>
    private static void CheckStrict(PyContext ctx, string mode)
    {
        if (mode is not ("strict" or "surrogatepass"))
        {
            throw ctx.Error(PyExceptionType.LookupError, $"unknown error handler name '{mode}'");
        }
    }

    private static (string Name, int Limit) Find(PyContext ctx, PyValue encoding)
    {
        if (encoding.IsUnbound)
        {
            return ("utf-8", 0x110000);
        }

        var given = StrMethods.Expect(ctx, encoding, "encode() argument 'encoding' must be str").ToString();
        return given.ToLowerInvariant().Replace('_', '-') switch
        {
            "utf-8" or "utf8" or "u8" => ("utf-8", 0x110000),
            "ascii" or "us-ascii" => ("ascii", 0x80),
            "latin-1" or "latin1" or "iso-8859-1" or "iso8859-1" or "l1" => ("latin-1", 0x100),
            _ => throw ctx.Error(PyExceptionType.LookupError, $"unknown encoding: {given}"),
        };
    }

    private static string Errors(PyContext ctx, PyValue errors)
    {
        if (errors.IsUnbound)
        {
            return "strict";
        }

        return StrMethods.Expect(ctx, errors, "encode() argument 'errors' must be str").ToString();
    }
}
