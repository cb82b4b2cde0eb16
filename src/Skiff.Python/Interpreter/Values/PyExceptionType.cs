namespace Skiff.Python.Interpreter;

/// <summary>The exception classes that code here can name, raise and catch, as CPython arranges them.</summary>
internal sealed class PyExceptionType(string name, PyExceptionType? parent)
{
    public static readonly PyExceptionType BaseException = new("BaseException", null);
    public static readonly PyExceptionType Exception = new("Exception", BaseException);
    public static readonly PyExceptionType ArithmeticError = new("ArithmeticError", Exception);
    public static readonly PyExceptionType ZeroDivisionError = new("ZeroDivisionError", ArithmeticError);
    public static readonly PyExceptionType OverflowError = new("OverflowError", ArithmeticError);
    public static readonly PyExceptionType AssertionError = new("AssertionError", Exception);
    public static readonly PyExceptionType AttributeError = new("AttributeError", Exception);
    public static readonly PyExceptionType ImportError = new("ImportError", Exception);
    public static readonly PyExceptionType ModuleNotFoundError = new("ModuleNotFoundError", ImportError);
    public static readonly PyExceptionType LookupError = new("LookupError", Exception);
    public static readonly PyExceptionType IndexError = new("IndexError", LookupError);
    public static readonly PyExceptionType KeyError = new("KeyError", LookupError);
    public static readonly PyExceptionType NameError = new("NameError", Exception);
    public static readonly PyExceptionType UnboundLocalError = new("UnboundLocalError", NameError);
    public static readonly PyExceptionType RuntimeError = new("RuntimeError", Exception);
    public static readonly PyExceptionType NotImplementedError = new("NotImplementedError", RuntimeError);
    public static readonly PyExceptionType RecursionError = new("RecursionError", RuntimeError);
    public static readonly PyExceptionType StopIteration = new("StopIteration", Exception);
    public static readonly PyExceptionType TypeError = new("TypeError", Exception);
    public static readonly PyExceptionType ValueError = new("ValueError", Exception);
    public static readonly PyExceptionType UnicodeError = new("UnicodeError", ValueError);
    public static readonly PyExceptionType UnicodeDecodeError = new("UnicodeDecodeError", UnicodeError);
    public static readonly PyExceptionType UnicodeEncodeError = new("UnicodeEncodeError", UnicodeError);
    public static readonly PyExceptionType OSError = new("OSError", Exception);
    public static readonly PyExceptionType MemoryError = new("MemoryError", Exception);
    public static readonly PyExceptionType Warning = new("Warning", Exception);
    public static readonly PyExceptionType KeyboardInterrupt = new("KeyboardInterrupt", BaseException);
    public static readonly PyExceptionType PatternError = new("PatternError", Exception);

    public static readonly PyExceptionType[] Named =
    [
        BaseException, Exception, ArithmeticError, ZeroDivisionError, OverflowError, AssertionError, AttributeError, ImportError,
        ModuleNotFoundError, LookupError, IndexError, KeyError, NameError, UnboundLocalError, RuntimeError, NotImplementedError,
        RecursionError, StopIteration, TypeError, ValueError, UnicodeError, UnicodeDecodeError, UnicodeEncodeError, OSError, MemoryError,
        Warning, KeyboardInterrupt,
    ];

    public string Name { get; } = name;

    public bool IsA(PyExceptionType ancestor)
    {
        for (var type = this; type is not null; type = type.Parent)
        {
            if (ReferenceEquals(type, ancestor))
            {
                return true;
            }
        }

        return false;
    }

    private PyExceptionType? Parent { get; } = parent;
}

/// <summary>An exception as a value: what <c>except ... as e</c> binds.</summary>
internal sealed class PyExceptionValue(PyExceptionType type, PyValue[] args) : PyObject(PyKind.Exception)
{
    public readonly PyExceptionType Type = type;
    public readonly PyValue[] Args = args;
}

/// <summary>A Python exception on its way to a handler. It never leaves the interpreter: see <see cref="PyRaisedException"/>.</summary>
internal sealed class PyError(PyExceptionValue value, int line) : Exception
{
    public PyExceptionValue Value { get; } = value;

    public int Line { get; } = line;
}
