using System.Globalization;
using System.Numerics;
using Skiff.Numerics;
using Skiff.Python.Regex;

namespace Skiff.Python.Interpreter;

/// <summary>Doubles as decimal text with a stated number of digits, rounded from their exact values with ties to even, as CPython's dtoa does.</summary>
internal static class FloatText
{
    private const int MaximumPrecision = 5000;

    /// <summary>The text of a value that is not negative.</summary>
    public static string Of(PyContext ctx, double value, char type, int precision, bool alternate)
    {
        var upper = type is 'E' or 'F' or 'G';
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "nan" : "inf";
            return (upper ? name.ToUpperInvariant() : name) + (type == '%' ? "%" : "");
        }

        if (precision > MaximumPrecision)
        {
            throw new PyBudgetException($"line {ctx.Line}: a number with more than {MaximumPrecision} digits");
        }

        ctx.Step(Math.Max(0, precision) >> 2);
        switch (type)
        {
            case 'f' or 'F':
                return Fixed(value, precision < 0 ? 6 : precision, alternate);
            case '%':
                return Fixed(value * 100, precision < 0 ? 6 : precision, alternate) + "%";
            case 'e' or 'E':
                return Exponential(value, precision < 0 ? 6 : precision, upper, alternate);
            case '\0' when precision < 0:
                return PyFloat.Format(value);
            default:
                return General(value, precision < 0 ? 6 : Math.Max(1, precision), upper, alternate, type == '\0');
        }
    }

    /// <summary><c>round(value, digits)</c>.</summary>
    public static double Round(double value, int digits)
    {
        if (!double.IsFinite(value) || digits > 323)
        {
            return value;
        }

        if (digits < -308)
        {
            return Math.CopySign(0, value);
        }

        var scaled = Scaled(Math.Abs(value), digits);
        var text = string.Create(CultureInfo.InvariantCulture, $"{scaled}e{-digits}");
        return Math.CopySign(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), value);
    }

    /// <summary>value times ten to a power, as the nearest integer, ties to even.</summary>
    public static BigInteger Scaled(double value, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFF;
        BigInteger numerator = exponent == 0 ? mantissa : mantissa | 0x10000000000000;
        exponent = Math.Max(exponent, 1) - 1075;
        var denominator = BigInteger.One;
        if (power >= 0)
        {
            numerator *= BigInteger.Pow(10, power);
        }
        else
        {
            denominator = BigInteger.Pow(10, -power);
        }

        if (exponent >= 0)
        {
            numerator <<= exponent;
        }
        else
        {
            denominator <<= -exponent;
        }

        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var twice = (remainder << 1).CompareTo(denominator);
        return twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private static string Fixed(double value, int precision, bool alternate)
    {
        if (!double.IsFinite(value))
        {
            return "inf";
        }

        var digits = Scaled(value, precision).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return precision == 0 ? digits + (alternate ? "." : "") : $"{digits[..^precision]}.{digits[^precision..]}";
    }

    private static string Exponential(double value, int precision, bool upper, bool alternate)
    {
        var (digits, exponent) = Significant(value, precision + 1);
        var point = precision > 0 ? "." + digits[1..] : alternate ? "." : "";
        return digits[..1] + point + ExponentText(exponent, upper);
    }

    private static string ExponentText(int exponent, bool upper)
        => string.Create(CultureInfo.InvariantCulture, $"{(upper ? 'E' : 'e')}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");

    private static string General(double value, int precision, bool upper, bool alternate, bool keepPoint)
    {
        var (digits, exponent) = Significant(value, precision);
        var threshold = keepPoint ? precision - 1 : precision;
        string text;
        if (exponent < -4 || exponent >= Math.Max(threshold, keepPoint ? 1 : threshold))
        {
            var fraction = alternate ? digits[1..] : digits[1..].TrimEnd('0');
            return digits[..1] + (fraction.Length > 0 || alternate ? "." + fraction : "") + ExponentText(exponent, upper);
        }

        if (exponent < 0)
        {
            text = "0." + new string('0', -exponent - 1) + digits;
        }
        else
        {
            var whole = digits.Length > exponent ? digits[..(exponent + 1)] : digits.PadRight(exponent + 1, '0');
            text = whole + "." + (digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "");
        }

        if (!alternate)
        {
            text = text.TrimEnd('0');
            text = text.EndsWith('.') ? (keepPoint ? text + "0" : text[..^1]) : text;
        }

        return text;
    }

    /// <summary>The first digits of a value and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Significant(double value, int count)
    {
        if (value == 0)
        {
            return (new string('0', count), 0);
        }

        var exponent = (int)Math.Floor(Math.Log10(value));
        while (true)
        {
            var digits = Scaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (digits.Length == count)
            {
                return (digits, exponent);
            }

            exponent += digits.Length > count ? 1 : -1;
        }
    }
}
