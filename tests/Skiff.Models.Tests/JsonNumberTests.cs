using System.Globalization;
using System.Numerics;
using System.Text;

namespace Skiff.Models.Tests;

public sealed class JsonNumberTests(ITestOutputHelper output)
{
    private readonly Random _random = new(Seeded(output));

    [Fact]
    public void Read_WhatProgramsWrite_IsTheNearestDouble()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(_random.NextInt64());
            Check(double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "0");
            Check(((_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-9, 9))).ToString("R", CultureInfo.InvariantCulture));
            Check(Math.Round(_random.NextDouble() * 1000, _random.Next(5)).ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Read_AnyDigits_IsTheNearestDouble()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var text = new StringBuilder(_random.Next(2) == 0 ? "-" : string.Empty).Append(_random.Next(3) == 0 ? "0" : Digits(_random.Next(1, 23)));
            text.Append(_random.Next(3) == 0 ? string.Empty : "." + new string('0', _random.Next(6)) + Digits(_random.Next(1, 24)));
            text.Append(_random.Next(2) == 0 ? string.Empty : "eE"[_random.Next(2)] + new[] { string.Empty, "+", "-" }[_random.Next(3)] + _random.Next(_random.Next(4) == 0 ? 400 : 70));
            Check(text.ToString());
        }
    }

    // Halfway between two doubles, and a last digit beside it: that is where an approximation would be found out.
    [Fact]
    public void Read_HalfwayBetweenTwoDoubles_IsTheEvenOne()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var halfway = new BigInteger((2 * _random.NextInt64(1L << 52, 1L << 53)) + 1) << _random.Next(4);
            var places = _random.Next(4);
            var text = (halfway * BigInteger.Pow(10, places)).ToString(CultureInfo.InvariantCulture) + (places == 0 ? ".0" : $"e-{places}");
            Check(text);
            Check((halfway + 1).ToString(CultureInfo.InvariantCulture));
            Check((halfway - 1).ToString(CultureInfo.InvariantCulture) + "e0");
            Check(new BigInteger(halfway.IsEven ? 1 : 3) + "." + Digits(18));
        }
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("-", 0)]
    [InlineData("", 0)]
    [InlineData("-a", 0)]
    [InlineData(".5", 0)]
    [InlineData("01", 1)]
    [InlineData("1.", 1)]
    [InlineData("1.e5", 1)]
    [InlineData("1.5e", 3)]
    [InlineData("1.5e+", 3)]
    [InlineData("1.5e-7,", 6)]
    [InlineData("-12345678.12345678]", 18)]
    [InlineData("12345678:", 8)]
    [InlineData("1234567/", 7)]
    [InlineData("0.12345678\u00b1", 10)]
    [InlineData("NaN", 0)]
    [InlineData("Infinity", 0)]
    [InlineData("-Infinity", 0)]
    public void Read_SomethingBehindIt_EndsWhereTheGrammarSays(string text, int end)
    {
        var bytes = Encoding.UTF8.GetBytes("[" + text);
        Assert.Equal(end + 1, JsonNumber.Skip(bytes, 1));
        Assert.Equal(end + 1, JsonNumber.Read(bytes, 1, out _));
    }

    [Fact]
    public void Of_EveryPower_IsItsFirstBits()
    {
        for (var i = -PowersOfFive.Most; i <= PowersOfFive.Most; i++)
        {
            var power = (BigInteger)PowersOfFive.Of(i);
            Assert.Equal(128, power.GetBitLength());

            // What the table has lost or has too much is less than one in the last place of 128 bits.
            var five = BigInteger.Pow(5, Math.Abs(i));
            var shift = (int)five.GetBitLength() - (i < 0 ? -127 : 128);
            var (kept, exact) = i < 0 ? (power * five, BigInteger.One << shift) : shift >= 0 ? (power << shift, five) : (power, five << -shift);
            var error = BigInteger.Abs(kept - exact);
            Assert.True(i < 0 ? error <= five : error < BigInteger.One << Math.Max(shift, 0), $"5^{i}");
        }
    }

    private static int Seeded(ITestOutputHelper output)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return seed;
    }

    private static void Check(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text + ",");
        var end = JsonNumber.Read(bytes, 0, out var value);
        var expected = double.Parse(text, CultureInfo.InvariantCulture);
        expected = expected == 0 && !text.AsSpan().ContainsAny(".eE") ? 0 : expected;
        Assert.True(end == text.Length && BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(value), $"{text}: {value:R} at {end}, not {expected:R}");
        Assert.Equal(end, JsonNumber.Skip(bytes, 0));
    }

    // The first is not zero.
    private string Digits(int count) => string.Create(count, _random, static (digits, random) =>
    {
        for (var i = 0; i < digits.Length; i++)
        {
            digits[i] = (char)('0' + random.Next(i == 0 ? 1 : 0, 10));
        }
    });
}
