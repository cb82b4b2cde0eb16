using System.Numerics;

namespace Skiff.Python.Interpreter;

/// <summary>The module math, as far as text functions use it.</summary>
internal static class MathModule
{
    public static PyModuleValue Make()
    {
        var members = new Dictionary<string, PyValue>
        {
            ["pi"] = PyValue.Of(Math.PI),
            ["e"] = PyValue.Of(Math.E),
            ["tau"] = PyValue.Of(Math.Tau),
            ["inf"] = PyValue.Of(double.PositiveInfinity),
            ["nan"] = PyValue.Of(double.NaN),
            ["floor"] = Whole("floor", Math.Floor),
            ["ceil"] = Whole("ceil", Math.Ceiling),
            ["trunc"] = Whole("trunc", Math.Truncate),
            ["isnan"] = Test("isnan", double.IsNaN),
            ["isinf"] = Test("isinf", double.IsInfinity),
            ["isfinite"] = Test("isfinite", double.IsFinite),
            ["log"] = new PyBuiltin("log", "/,x,base?", (ctx, _, args) => args[1].IsUnbound
                ? PyValue.Of(Log(ctx, args[0], Math.Log))
                : Operators.Apply(ctx, BinaryOp.TrueDiv, PyValue.Of(Log(ctx, args[0], Math.Log)), PyValue.Of(Log(ctx, args[1], Math.Log)))),
            ["log2"] = new PyBuiltin("log2", "/,x", (ctx, _, args) => PyValue.Of(Log(ctx, args[0], Math.Log2))),
            ["log10"] = new PyBuiltin("log10", "/,x", (ctx, _, args) => PyValue.Of(Log(ctx, args[0], Math.Log10))),
            ["pow"] = new PyBuiltin("pow", "/,x,y", (ctx, _, args) => PyValue.Of(Math.Pow(Real(ctx, args[0]), Real(ctx, args[1])))),
            ["fmod"] = new PyBuiltin("fmod", "/,x,y", (ctx, _, args) => Checked(ctx, Real(ctx, args[0]) % Real(ctx, args[1]))),
            ["copysign"] = new PyBuiltin("copysign", "/,x,y", (ctx, _, args) => PyValue.Of(Math.CopySign(Real(ctx, args[0]), Real(ctx, args[1])))),
            ["atan2"] = new PyBuiltin("atan2", "/,y,x", (ctx, _, args) => PyValue.Of(Math.Atan2(Real(ctx, args[0]), Real(ctx, args[1])))),
            ["isclose"] = new PyBuiltin("isclose", "a,b,*,rel_tol?,abs_tol?", IsClose),
            ["gcd"] = new PyBuiltin("gcd", "*args", Gcd),
            ["factorial"] = new PyBuiltin("factorial", "/,n", Factorial),
            ["isqrt"] = new PyBuiltin("isqrt", "/,n", (ctx, _, args) => SquareRoot(ctx, args[0])),
        };
        foreach (var (name, function) in (ReadOnlySpan<(string, Func<double, double>)>)
            [("fabs", Math.Abs), ("sin", Math.Sin), ("cos", Math.Cos), ("tan", Math.Tan), ("tanh", Math.Tanh), ("atan", Math.Atan),
             ("log1p", LogOnePlus), ("degrees", static x => x * (180 / Math.PI)), ("radians", static x => x * (Math.PI / 180))])
        {
            members[name] = new PyBuiltin(name, "/,x", (ctx, _, args) => Checked(ctx, function(Real(ctx, args[0])), Real(ctx, args[0])));
        }

        members["sqrt"] = new PyBuiltin("sqrt", "/,x", (ctx, _, args) => Real(ctx, args[0]) is var x && x < 0
            ? throw ctx.ValueError($"expected a nonnegative input, got {Skiff.Numerics.PyFloat.Format(x)}")
            : PyValue.Of(Math.Sqrt(x)));
        members["exp"] = new PyBuiltin("exp", "/,x", (ctx, _, args) => Math.Exp(Real(ctx, args[0])) is var result && double.IsInfinity(result) && double.IsFinite(Real(ctx, args[0]))
            ? throw ctx.Error(PyExceptionType.OverflowError, "math range error")
            : PyValue.Of(result));
        return new PyModuleValue("math", members);
    }

    private static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    private static double Real(PyContext ctx, PyValue value)
        => Numbers.IsNumber(value) ? Numbers.ToDouble(ctx, value) : throw ctx.TypeError($"must be real number, not {TypeNames.Of(value)}");

    private static PyValue Checked(PyContext ctx, double result, double input = 0)
        => double.IsNaN(result) && !double.IsNaN(input) ? throw ctx.ValueError("math domain error") : PyValue.Of(result);

    private static PyBuiltin Whole(string name, Func<double, double> round) => new(name, "/,x", (ctx, _, args)
        => Numbers.IsInteger(args[0]) ? PyValue.Of(Numbers.Big(args[0])) : BuiltinFunctions.Truncate(ctx, round(Real(ctx, args[0]))));

    private static PyBuiltin Test(string name, Func<double, bool> test) => new(name, "/,x", (ctx, _, args) => PyValue.Of(test(Real(ctx, args[0]))));

    private static double Log(PyContext ctx, PyValue value, Func<double, double> log)
    {
        if (value.Obj is PyBigInt big && big.Value.Sign > 0)
        {
            return BigInteger.Log(big.Value) / (log(Math.E) == 1 ? 1 : Math.Log(log == Math.Log2 ? 2 : 10));
        }

        var x = Real(ctx, value);
        return x > 0 || double.IsNaN(x) ? log(x) : throw ctx.ValueError(Numbers.IsInteger(value) || x == 0 ? "expected a positive input" : $"expected a positive input, got {Skiff.Numerics.PyFloat.Format(x)}");
    }

    private static PyValue IsClose(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var a = Real(ctx, args[0]);
        var b = Real(ctx, args[1]);
        var relative = args[2].IsUnbound ? 1e-9 : Real(ctx, args[2]);
        var absolute = args[3].IsUnbound ? 0 : Real(ctx, args[3]);
        if (a == b)
        {
            return PyValue.True;
        }

        var difference = Math.Abs(a - b);
        return PyValue.Of(!double.IsInfinity(difference) && difference <= Math.Max(relative * Math.Max(Math.Abs(a), Math.Abs(b)), absolute));
    }

    private static PyValue Gcd(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var result = BigInteger.Zero;
        foreach (var arg in args)
        {
            Numbers.ToIndex(ctx, arg);
            ctx.Step((long)Numbers.Big(arg).GetBitLength() >> 4);
            result = BigInteger.GreatestCommonDivisor(result, Numbers.Big(arg));
        }

        return PyValue.Of(result);
    }

    private static PyValue Factorial(PyContext ctx, PyValue self, ReadOnlySpan<PyValue> args)
    {
        var n = Numbers.IsInteger(args[0]) ? Numbers.ToIndex(ctx, args[0]) : throw ctx.TypeError($"'{TypeNames.Of(args[0])}' object cannot be interpreted as an integer");
        if (n < 0)
        {
            throw ctx.ValueError("factorial() not defined for negative values");
        }

        var result = BigInteger.One;
        for (var i = 2L; i <= n; i++)
        {
            ctx.Step();
            result *= i;
            Numbers.CheckBits(ctx, (long)result.GetBitLength());
        }

        return PyValue.Of(result);
    }

    private static PyValue SquareRoot(PyContext ctx, PyValue value)
    {
        Numbers.ToIndex(ctx, value);
        var n = Numbers.Big(value);
        if (n.Sign < 0)
        {
            throw ctx.ValueError("isqrt() argument must be nonnegative");
        }

        var root = n.IsZero ? BigInteger.Zero : BigInteger.One << (((int)n.GetBitLength() + 1) / 2);
        while (true)
        {
            ctx.Step(1 + ((long)n.GetBitLength() >> 6));
            var next = root.IsZero ? root : (root + (n / root)) >> 1;
            if (next >= root)
            {
                return PyValue.Of(root);
            }

            root = next;
        }
    }
}
