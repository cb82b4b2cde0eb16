namespace Skiff.Python.Interpreter;

internal sealed class BinaryNode(BinaryOp op, Expr left, Expr right) : Expr
{
    public override PyValue Eval(Frame f)
    {
        f.Ctx.CheckStack();
        var a = left.Eval(f);
        var b = right.Eval(f);
        if (a.IsInt && b.IsInt)
        {
            long result;
            if (op == BinaryOp.Add && !Overflows(a.Bits, b.Bits, result = unchecked(a.Bits + b.Bits)))
            {
                return PyValue.Of(result);
            }

            if (op == BinaryOp.Sub && !Overflows(a.Bits, ~b.Bits, result = unchecked(a.Bits - b.Bits)))
            {
                return PyValue.Of(result);
            }
        }

        f.Ctx.Step();
        return Operators.Apply(f.Ctx, op, a, b);
    }

    private static bool Overflows(long a, long b, long sum) => ((a ^ sum) & (b ^ sum)) < 0;
}

internal sealed class UnaryNode(UnaryOp op, Expr operand) : Expr
{
    public override PyValue Eval(Frame f) => Operators.Apply(f.Ctx, op, operand.Eval(f));
}

internal sealed class NotNode(Expr operand) : Expr
{
    public override PyValue Eval(Frame f) => PyValue.Of(!operand.Test(f));

    public override bool Test(Frame f) => !operand.Test(f);
}

internal sealed class AndNode(Expr left, Expr right) : Expr
{
    public override PyValue Eval(Frame f)
    {
        f.Ctx.CheckStack();
        var value = left.Eval(f);
        return Truth.Of(f.Ctx, value) ? right.Eval(f) : value;
    }

    public override bool Test(Frame f)
    {
        f.Ctx.CheckStack();
        return left.Test(f) && right.Test(f);
    }
}

internal sealed class OrNode(Expr left, Expr right) : Expr
{
    public override PyValue Eval(Frame f)
    {
        f.Ctx.CheckStack();
        var value = left.Eval(f);
        return Truth.Of(f.Ctx, value) ? value : right.Eval(f);
    }

    public override bool Test(Frame f)
    {
        f.Ctx.CheckStack();
        return left.Test(f) || right.Test(f);
    }
}

internal sealed class ConditionalNode(Expr condition, Expr then, Expr otherwise) : Expr
{
    public override PyValue Eval(Frame f) => condition.Test(f) ? then.Eval(f) : otherwise.Eval(f);
}

internal sealed class CompareNode(CompareOp op, Expr left, Expr right) : Expr
{
    public override PyValue Eval(Frame f)
    {
        var a = left.Eval(f);
        var b = right.Eval(f);
        return op <= CompareOp.GreaterEqual && (ArrayValues.IsTable(a) || ArrayValues.IsTable(b))
            ? ArrayOperators.Compare(f.Ctx, op, a, b)
            : PyValue.Of(PyCompare.Test(f.Ctx, op, a, b));
    }

    public override bool Test(Frame f) => Truth.Of(f.Ctx, Eval(f));
}

/// <summary><c>a &lt; b &lt; c</c>: each operand is worked out once, and none after the first that fails.</summary>
internal sealed class CompareChainNode(Expr first, CompareOp[] ops, Expr[] rest) : Expr
{
    public override PyValue Eval(Frame f) => PyValue.Of(Test(f));

    public override bool Test(Frame f)
    {
        var left = first.Eval(f);
        for (var i = 0; i < ops.Length; i++)
        {
            var right = rest[i].Eval(f);
            if (!PyCompare.Test(f.Ctx, ops[i], left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }
}

/// <summary><c>(name := value)</c>.</summary>
internal sealed class WalrusNode(NameNode name, Expr value) : Expr
{
    public override PyValue Eval(Frame f)
    {
        var result = value.Eval(f);
        name.Assign(f, result);
        return result;
    }
}
