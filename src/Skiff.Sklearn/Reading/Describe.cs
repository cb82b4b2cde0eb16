using Skiff.Numerics;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>What a value of the graph is, in a few words, for messages.</summary>
internal static class Describe
{
    public static string Value(object? value) => value switch
    {
        null => "None",
        bool => "a boolean",
        string text => text.Length <= 40 ? $"the text '{text}'" : "a text",
        byte[] => "bytes",
        sbyte or short or int or long or byte or ushort or uint or ulong or System.Numerics.BigInteger => $"the integer {value}",
        Half or float or double => "a number",
        PyTuple tuple => $"a tuple of {tuple.Count}",
        PyList list => $"a list of {list.Count}",
        PyDict dict => $"a dict of {dict.Count}",
        PySet set => $"a set of {set.Items.Count}",
        NdArray array => $"an array of {array.Type} {array.ShapeText}",
        PyGlobal name => $"the name {name}",
        PyInstance instance => $"an instance of {instance.Type}",
        _ => value.GetType().Name,
    };
}
