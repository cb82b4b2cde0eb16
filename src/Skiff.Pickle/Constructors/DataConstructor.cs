using System.Collections.Frozen;

namespace Skiff.Pickle;

/// <summary>
/// The calls that only make data, and that the reader therefore answers with data. Everything else stays a record. The names are exact:
/// what is not in the table is not called anything, whatever it looks like.
/// </summary>
internal enum DataConstructor
{
    None,
    NdArrayReconstruct,
    NdArrayFromBuffer,
    NumpyScalar,
    NumpyDType,
    Dict,
    DefaultDict,
    Set,
    FrozenSet,
    Complex,
    Bytes,
    ByteArray,
    CodecsEncode,
    ObjectReconstructor,
    JoblibArray,
    JoblibSideFileArray,
}

/// <summary>Which name is which constructor.</summary>
internal static class DataConstructors
{
    private static readonly FrozenDictionary<(string Module, string Name), DataConstructor> Table =
        new Dictionary<(string, string), DataConstructor>
        {
            [("numpy.core.multiarray", "_reconstruct")] = DataConstructor.NdArrayReconstruct,
            [("numpy._core.multiarray", "_reconstruct")] = DataConstructor.NdArrayReconstruct,
            [("numpy.core.numeric", "_frombuffer")] = DataConstructor.NdArrayFromBuffer,
            [("numpy._core.numeric", "_frombuffer")] = DataConstructor.NdArrayFromBuffer,
            [("numpy.core.multiarray", "scalar")] = DataConstructor.NumpyScalar,
            [("numpy._core.multiarray", "scalar")] = DataConstructor.NumpyScalar,
            [("numpy", "dtype")] = DataConstructor.NumpyDType,
            [("collections", "OrderedDict")] = DataConstructor.Dict,
            [("collections", "defaultdict")] = DataConstructor.DefaultDict,
            [("builtins", "set")] = DataConstructor.Set,
            [("__builtin__", "set")] = DataConstructor.Set,
            [("builtins", "frozenset")] = DataConstructor.FrozenSet,
            [("__builtin__", "frozenset")] = DataConstructor.FrozenSet,
            [("builtins", "complex")] = DataConstructor.Complex,
            [("__builtin__", "complex")] = DataConstructor.Complex,
            [("builtins", "bytes")] = DataConstructor.Bytes,
            [("__builtin__", "bytes")] = DataConstructor.Bytes,
            [("builtins", "bytearray")] = DataConstructor.ByteArray,
            [("__builtin__", "bytearray")] = DataConstructor.ByteArray,
            [("_codecs", "encode")] = DataConstructor.CodecsEncode,
            [("copyreg", "_reconstructor")] = DataConstructor.ObjectReconstructor,
            [("copy_reg", "_reconstructor")] = DataConstructor.ObjectReconstructor,
            [("joblib.numpy_pickle", "NumpyArrayWrapper")] = DataConstructor.JoblibArray,
            [("sklearn.externals.joblib.numpy_pickle", "NumpyArrayWrapper")] = DataConstructor.JoblibArray,
            [("joblib.numpy_pickle", "NDArrayWrapper")] = DataConstructor.JoblibSideFileArray,
            [("joblib.numpy_pickle", "ZNDArrayWrapper")] = DataConstructor.JoblibSideFileArray,
            [("joblib.numpy_pickle_compat", "NDArrayWrapper")] = DataConstructor.JoblibSideFileArray,
            [("joblib.numpy_pickle_compat", "ZNDArrayWrapper")] = DataConstructor.JoblibSideFileArray,
            [("sklearn.externals.joblib.numpy_pickle", "NDArrayWrapper")] = DataConstructor.JoblibSideFileArray,
            [("sklearn.externals.joblib.numpy_pickle", "ZNDArrayWrapper")] = DataConstructor.JoblibSideFileArray,
            [("sklearn.externals.joblib.numpy_pickle_compat", "NDArrayWrapper")] = DataConstructor.JoblibSideFileArray,
            [("sklearn.externals.joblib.numpy_pickle_compat", "ZNDArrayWrapper")] = DataConstructor.JoblibSideFileArray,
        }.ToFrozenDictionary();

    public static DataConstructor Find(string module, string name) => Table.GetValueOrDefault((module, name));
}
