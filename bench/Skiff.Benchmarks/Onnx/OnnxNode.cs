namespace Skiff.Benchmarks;

/// <summary>One operator of the <c>ai.onnx.ml</c> family, from the input <c>x</c> to a label and a score for each row.</summary>
/// <param name="operation">Its name, such as <c>TreeEnsembleClassifier</c>.</param>
internal sealed class OnnxNode(string operation)
{
    private const int TypeFloat = 1;
    private const int TypeInt64 = 7;

    private readonly List<Action<ProtoWriter>> _attributes = [];

    public OnnxNode Text(string name, string value) => Add(name, attribute => attribute.Text(4, value).Number(20, 3));

    public OnnxNode Singles(string name, IEnumerable<float> values) => AddAll(name, values, (attribute, value) => attribute.Single(7, value), 6);

    public OnnxNode Integers(string name, IEnumerable<long> values) => AddAll(name, values, (attribute, value) => attribute.Number(8, value), 7);

    public OnnxNode Texts(string name, IEnumerable<string> values) => AddAll(name, values, (attribute, value) => attribute.Text(9, value), 8);

    /// <summary>A model of this operator alone.</summary>
    public byte[] ToModel() => new ProtoWriter()
        .Number(1, 8)
        .Message(7, graph => graph
            .Message(1, Write)
            .Text(2, operation)
            .Message(11, input => Value(input, "x", TypeFloat, 2))
            .Message(12, output => Value(output, "label", TypeInt64, 1))
            .Message(12, output => Value(output, "scores", TypeFloat, 2)))
        .Message(8, opset => opset.Text(1, "ai.onnx.ml").Number(2, 1))
        .Message(8, opset => opset.Text(1, string.Empty).Number(2, 15))
        .ToArray();

    private void Write(ProtoWriter node)
    {
        node.Text(1, "x").Text(2, "label").Text(2, "scores").Text(4, operation).Text(7, "ai.onnx.ml");
        _attributes.ForEach(attribute => node.Message(5, attribute));
    }

    private OnnxNode AddAll<T>(string name, IEnumerable<T> values, Action<ProtoWriter, T> write, int type) => Add(name, attribute =>
    {
        foreach (var value in values)
        {
            write(attribute, value);
        }

        attribute.Number(20, type);
    });

    private OnnxNode Add(string name, Action<ProtoWriter> write)
    {
        _attributes.Add(attribute =>
        {
            attribute.Text(1, name);
            write(attribute);
        });
        return this;
    }

    private static void Value(ProtoWriter value, string name, int type, int rank) => value
        .Text(1, name)
        .Message(2, of => of.Message(1, tensor => tensor
            .Number(1, type)
            .Message(2, shape =>
            {
                for (var i = 0; i < rank; i++)
                {
                    shape.Message(1, dimension => dimension.Text(2, $"{name}{i}"));
                }
            })));
}
