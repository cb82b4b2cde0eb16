using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Skiff.Numerics.Tests;

public sealed class PyFloatTests
{
    private static readonly string Data = Path.Combine(AppContext.BaseDirectory, "Data");

    [Fact]
    public void Format_EveryRecordedDouble_IsPythonsRepr()
    {
        foreach (var line in File.ReadLines(Path.Combine(Data, "float-repr.txt")))
        {
            var value = BitConverter.UInt64BitsToDouble(ulong.Parse(line.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            Assert.Equal(line[17..], PyFloat.Format(value));
        }
    }

    [Fact]
    public void TryParse_EveryRecordedText_IsPythonsFloat()
    {
        using var answers = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, "float-parse.json")));
        foreach (var answer in answers.RootElement.EnumerateArray())
        {
            var text = answer[0].GetString()!;
            var read = PyFloat.TryParse(Encoding.UTF8.GetBytes(text), out var value);
            var expected = answer[1].GetString();
            Assert.True(read == (expected is not null), $"'{text}' was {(read ? "read" : "refused")}");
            if (expected is not null && !double.IsNaN(value))
            {
                Assert.True(expected == BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture), $"'{text}' was read as {value}");
            }
        }
    }

    [Fact]
    public void TryParse_WhatFormatWrote_IsTheSameDouble()
    {
        Span<byte> text = stackalloc byte[PyFloat.MaxLength];
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64());
            var length = PyFloat.Format(value, text);
            Assert.True(PyFloat.TryParse(text[..length], out var back));
            Assert.Equal(value, back);
        }
    }

    [Fact]
    public void Format_LongestDoubles_FitMaxLength()
    {
        Assert.Equal("-2.2250738585072014e-308", PyFloat.Format(-2.2250738585072014e-308));
        Assert.Equal(PyFloat.MaxLength, PyFloat.Format(-2.2250738585072014e-308).Length);
    }
}
