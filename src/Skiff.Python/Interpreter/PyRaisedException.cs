namespace Skiff.Python.Interpreter;

/// <summary>A Python function raised an exception and did not catch it.</summary>
public sealed class PyRaisedException : Exception
{
    internal PyRaisedException(string typeName, string pythonMessage, string fileName, int line)
        : base($"{fileName}, line {line}: {typeName}{(pythonMessage.Length == 0 ? "" : ": ")}{pythonMessage}")
    {
        TypeName = typeName;
        PythonMessage = pythonMessage;
        FileName = fileName;
        Line = line;
    }

    /// <summary>The exception's class, as Python names it: <c>ValueError</c>.</summary>
    public string TypeName { get; }

    /// <summary>What <c>str(e)</c> gives in Python.</summary>
    public string PythonMessage { get; }

    /// <summary>The file whose function raised it.</summary>
    public string FileName { get; }

    /// <summary>The line that raised it, counted from 1.</summary>
    public int Line { get; }
}
