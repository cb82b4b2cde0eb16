using System.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>The few methods of int and float that text functions use.</summary>
internal static class NumberMethods
{
    public static readonly PyBuiltin[] Integers =
    [
        new("int.bit_length", "/", (_, self, _) => PyValue.Of((long)BigInteger.Abs(Numbers.Big(self)).GetBitLength())),
        new("int.bit_count", "/", (_, self, _) => PyValue.Of((long)BigInteger.PopCount(BigInteger.Abs(Numbers.Big(self))))),
        new("int.is_integer", "/", (_, _, _) => PyValue.True),
        new("int.conjugate", "/", (_, self, _) => self),
    ];

    public static readonly PyBuiltin[] Floats =
    [
        new("float.is_integer", "/", (_, self, _) => PyValue.Of(double.IsFinite(self.Double) && Math.Floor(self.Double) == self.Double)),
        new("float.conjugate", "/", (_, self, _) => self),
    ];
}
