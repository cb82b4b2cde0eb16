using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>The names under which numpy and scipy pickle their functions.</summary>
/// <remarks>
/// A ufunc is a call of <c>numpy.core._ufunc_reconstruct</c> before numpy 1.20, a name in <c>numpy.core._multiarray_umath</c> until 1.26, and
/// one in <c>numpy</c> since; functions written in Python are names in <c>numpy</c>, or in the module that defines them.
/// </remarks>
internal static class NumpyName
{
    /// <summary>The library and the function's name, or null where the value is none of theirs.</summary>
    public static (string Library, string Name)? Of(object? value) => value switch
    {
        PyGlobal name => Of(name.Module, name.Name),
        PyInstance { Type: { Name: "_ufunc_reconstruct", Module: "numpy.core" or "numpy._core" }, Arguments: [string module, string name] } => Of(module, name),
        _ => null,
    };

    private static (string Library, string Name)? Of(string module, string name)
    {
        foreach (var library in (ReadOnlySpan<string>)["numpy", "scipy.special"])
        {
            if (module == library || module.StartsWith(library + ".", StringComparison.Ordinal))
            {
                return (library, name);
            }
        }

        return null;
    }
}
