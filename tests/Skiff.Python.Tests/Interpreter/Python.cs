using System.Text;
using Skiff.Numerics;
using Skiff.Python.Interpreter;
using Skiff.Python.Regex;

namespace Skiff.Python.Tests.Interpreter;

/// <summary>Runs functions and says in one line what came of it, as the recorded answers do.</summary>
internal static class Python
{
    public static PyFunction Load(string source, string function = "f", PyBudgetOptions? budget = null)
        => PyModule.Load(Encoding.UTF8.GetBytes(source), "text_utils.py", function, budget);

    public static string Call(PyFunction function, string text)
    {
        var answer = new ByteBuffer();
        function.CallText(Utf8.GetBytes(text), answer);
        return Utf8.GetString(answer.Written);
    }

    public static string Run(ReadOnlySpan<byte> source, string file, string function, ReadOnlySpan<byte> text, PyBudgetOptions? budget = null)
    {
        try
        {
            return "ok " + PyModule.Load(source, file, function, budget).CallRepr(text);
        }
        catch (PyRaisedException exception)
        {
            return $"raise {exception.TypeName}: {exception.PythonMessage}";
        }
        catch (PyBudgetException exception)
        {
            return "budget " + exception.Message;
        }
        catch (PySourceException exception)
        {
            return "refused " + exception.Message;
        }
    }

    public static string Run(string source, string text = "", PyBudgetOptions? budget = null)
        => Run(Encoding.UTF8.GetBytes(source), "text_utils.py", "f", Utf8.GetBytes(text), budget);
}
