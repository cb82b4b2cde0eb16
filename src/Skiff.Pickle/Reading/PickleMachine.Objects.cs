namespace Skiff.Pickle;

/// <summary>Names, calls and states.</summary>
internal sealed partial class PickleMachine
{
    private PyGlobal ReadGlobal()
    {
        var module = ReadName();
        return NameOf(module, ReadName());
    }

    private void StackGlobal()
    {
        var name = Pop();
        var module = Pop();
        if (name is not string nameText || module is not string moduleText)
        {
            throw Fail("The pickle is malformed: a name that is no text");
        }

        if (nameText.Length + moduleText.Length > LongestName)
        {
            throw Fail($"A name is longer than {LongestName} characters");
        }

        Push(NameOf(moduleText, nameText));
    }

    private PyGlobal NameOf(string module, string name)
    {
        _budget.Charge(PickleBudget.ContainerBytes, _opcodeOffset);
        return _names.Get(module, name, _opcodeOffset);
    }

    private void Reduce()
    {
        var arguments = PopArguments();
        var callable = Pop();
        Push(callable is PyGlobal { Constructor: not DataConstructor.None } name && MakeData(name, arguments) is { } data
            ? data
            : Record(callable, arguments.Items));
    }

    private void NewObject()
    {
        var arguments = PopArguments();
        var type = Pop();
        Push(type is PyGlobal { Constructor: DataConstructor.JoblibArray } && _isJoblib ? new Numerics.NdArray() : Record(type, arguments.Items));
    }

    private void NewObjectWithKeywords()
    {
        var keywords = Pop() as PyDict ?? throw Fail("The pickle is malformed: keywords that are no dict");
        var arguments = PopArguments();
        var instance = Record(Pop(), arguments.Items);
        instance.Keywords = keywords;
        Push(instance);
    }

    private void InstantiateNamed()
    {
        var type = ReadGlobal();
        var arguments = TakeMark();
        var instance = Record(type, arguments.ToArray());
        arguments.Clear();
        Push(instance);
    }

    private void InstantiateFromMark()
    {
        var items = TakeMark();
        if (items.IsEmpty)
        {
            throw Fail("The pickle is malformed: an object without a class");
        }

        var instance = Record(items[0], items[1..].ToArray());
        items.Clear();
        Push(instance);
    }

    private PyTuple PopArguments() => Pop() as PyTuple ?? throw Fail("The pickle is malformed: arguments that are no tuple");

    private PyInstance Record(object? callable, object?[] arguments)
    {
        _budget.Charge(PickleBudget.ContainerBytes + (ItemBytes * (long)arguments.Length), _opcodeOffset);
        return callable switch
        {
            PyGlobal name => new PyInstance(name, arguments),
            PyInstance callee => new PyInstance(callee.Type, arguments) { Callee = callee },
            _ => throw Fail("The pickle is malformed: what is called is neither a class nor a function"),
        };
    }

    private void PushExtension(int code)
    {
        if (code <= 0)
        {
            throw Fail($"The pickle is malformed: there is no extension {code}");
        }

        Push(Record(NameOf("copyreg", "get_extension"), [Boxes.Of((long)code)]));
    }

    private void PushPersistent(object? identity) => Push(Record(NameOf("pickle", "persistent_load"), [identity]));

    private void Build()
    {
        var state = Pop();
        switch (Peek())
        {
            case Numerics.NdArray array:
                BuildArray(array, state);
                break;
            case DTypeShell shell:
                BuildType(shell, state);
                break;
            case PyInstance { Type.Constructor: DataConstructor.JoblibSideFileArray } wrapper:
                throw RefuseSideFile(wrapper, state);
            case PyInstance instance:
                SetState(instance, state);
                break;
            case PyGlobal name:
                Warn($"A state that the file sets on {name} itself is left out");
                break;
            case PyDict or PySet or PyList:
                Warn("Attributes that the file sets on a plain dict, list or set are left out");
                break;
            default:
                throw Fail("The pickle is malformed: a state is set on what can have none");
        }
    }

    private void SetState(PyInstance instance, object? state)
    {
        if (instance.State is PyDict first && state is PyDict second)
        {
            // As Python's update: a second state adds to the first, and neither is touched, as others may refer to it.
            _budget.Charge((long)EntryBytes * 2 * (first.Count + second.Count), _opcodeOffset);
            var joined = new PyDict();
            joined.Entries.AddRange(first.Entries);
            joined.Entries.AddRange(second.Entries);
            state = joined;
        }

        instance.State = state;
    }

    private void Warn(string warning)
    {
        const int MostWarnings = 100;
        if (_warnings.Count < MostWarnings)
        {
            _warnings.Add($"{warning} (at byte {_opcodeOffset})");
        }
    }

    private static object? Plain(object? value) => value is Placeholder placeholder ? placeholder.Resolve() : value;
}
