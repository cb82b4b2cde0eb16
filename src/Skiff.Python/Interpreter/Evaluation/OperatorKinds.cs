namespace Skiff.Python.Interpreter;

internal enum BinaryOp : byte
{
    Add,
    Sub,
    Mul,
    TrueDiv,
    FloorDiv,
    Mod,
    Pow,
    BitAnd,
    BitOr,
    BitXor,
    LeftShift,
    RightShift,
}

internal enum UnaryOp : byte
{
    Minus,
    Plus,
    Invert,
}

internal enum CompareOp : byte
{
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    NotIn,
    Is,
    IsNot,
}
