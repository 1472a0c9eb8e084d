using System.Text;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Expressions;

/// <summary>What is known of a value before it exists.</summary>
internal enum Kind
{
    Any,
    Nothing,
    Boolean,
    Number,
    String,
    Array,
    Object,
    Date,
}

internal readonly record struct Place(int Line, int Column)
{
    public ActivityFault Fault(string message) => new(message, Line, Column);
}

/// <summary>A part of an expression.</summary>
internal abstract record Node(Kind Kind = Kind.Any)
{
    /// <summary>Levels below this one, so that evaluating never goes deeper than parsing allowed.</summary>
    public int Depth { get; set; }

    public abstract object? Evaluate(Evaluation e);
}

internal sealed record Constant(object? Value) : Node(Library.KindOf(Value))
{
    public override object? Evaluate(Evaluation e) => Value;
}

internal sealed record Template(IReadOnlyList<Node> Parts) : Node(Kind.String)
{
    public override object Evaluate(Evaluation e)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            var value = part.Evaluate(e);
            e.Spend(Evaluation.SizeOf(value));
            text.Append(Js.ToText(value));
        }

        return text.ToString();
    }
}

internal sealed record ArrayLiteral(IReadOnlyList<Node> Elements) : Node(Kind.Array)
{
    public override object Evaluate(Evaluation e) => e.Array(Elements.Select(element => element.Evaluate(e)));
}

internal sealed record ObjectLiteral(IReadOnlyList<KeyValuePair<string, Node>> Members) : Node(Kind.Object)
{
    public override object Evaluate(Evaluation e)
    {
        var result = new JsonObject();
        foreach (var (name, member) in Members)
        {
            var value = member.Evaluate(e);
            if (value is not Undefined)
            {
                result[name] = e.Copy(value);
            }
        }

        return result;
    }
}

internal sealed record Unary(string Operator, Node Operand)
    : Node(Operator switch { "!" => Kind.Boolean, "typeof" => Kind.String, _ => Kind.Number })
{
    public override object Evaluate(Evaluation e)
    {
        var value = Operand.Evaluate(e);
        return Operator switch
        {
            "!" => !Js.IsTrue(value),
            "typeof" => Js.TypeOf(value),
            "-" => -Js.ToNumber(value),
            _ => Js.ToNumber(value),
        };
    }
}

internal sealed record Binary(string Operator, Node Left, Node Right) : Node(Result(Operator, Left.Kind, Right.Kind))
{
    public override object Evaluate(Evaluation e)
    {
        var (left, right) = (Left.Evaluate(e), Right.Evaluate(e));
        e.Spend(Operator is "===" or "!==" || Js.IsNullish(left) || Js.IsNullish(right) ? 1 : Evaluation.SizeOf(left) + Evaluation.SizeOf(right));
        switch (Operator)
        {
            case "+": return Js.Add(left, right);
            case "-": return Js.ToNumber(left) - Js.ToNumber(right);
            case "*": return Js.ToNumber(left) * Js.ToNumber(right);
            case "/": return Js.ToNumber(left) / Js.ToNumber(right);
            case "%": return Js.ToNumber(left) % Js.ToNumber(right);
            case "===": return Js.StrictEquals(left, right);
            case "!==": return !Js.StrictEquals(left, right);
            case "==": return Js.LooseEquals(left, right);
            case "!=": return !Js.LooseEquals(left, right);
            case "<": return Js.Compare(left, right) < 0;
            case "<=": return Js.Compare(left, right) <= 0;
            case ">": return Js.Compare(left, right) > 0;
            default: return Js.Compare(left, right) >= 0;
        }
    }

    private static Kind Result(string operation, Kind left, Kind right) => operation switch
    {
        "+" when left == Kind.String || right == Kind.String => Kind.String,
        "+" when left == Kind.Number && right == Kind.Number => Kind.Number,
        "+" => Kind.Any,
        "-" or "*" or "/" or "%" => Kind.Number,
        _ => Kind.Boolean,
    };
}

internal sealed record Logical(string Operator, Node Left, Node Right) : Node(Left.Kind == Right.Kind ? Left.Kind : Kind.Any)
{
    public override object? Evaluate(Evaluation e)
    {
        var left = Left.Evaluate(e);
        var isDecided = Operator switch
        {
            "&&" => !Js.IsTrue(left),
            "||" => Js.IsTrue(left),
            _ => !Js.IsNullish(left),
        };
        return isDecided ? left : Right.Evaluate(e);
    }
}

internal sealed record Conditional(Node Condition, Node Then, Node Else) : Node(Then.Kind == Else.Kind ? Then.Kind : Kind.Any)
{
    public override object? Evaluate(Evaluation e) => (Js.IsTrue(Condition.Evaluate(e)) ? Then : Else).Evaluate(e);
}

/// <summary>A member by name or by index. An optional one ends its <see cref="Chain"/> at nothing.</summary>
internal sealed record Member(Node Target, Node Name, bool IsOptional, Place Place) : Node
{
    public override object? Evaluate(Evaluation e)
    {
        e.Spend(1);
        var target = Target.Evaluate(e);
        if (target is Chain.Ended || (IsOptional && Js.IsNullish(target)))
        {
            return Chain.Ended.Value;
        }

        var name = Name.Evaluate(e);
        return target switch
        {
            null or Undefined => throw Place.Fault($"'{Js.ToText(name)}' kan niet worden gelezen, want er is geen waarde ({Js.ToText(target)})."),
            JsonArray elements when name is double index => At(index, elements.Count, i => e.Read(elements[i])),
            string text when name is double index => At(index, text.Length, i => text[i].ToString()),
            JsonArray elements when name is "length" => (double)elements.Count,
            string text when name is "length" => (double)text.Length,
            JsonObject members when members.TryGetPropertyValue(Js.ToText(name), out var member) => e.Read(member),
            _ => Undefined.Value,
        };
    }

    private static object? At(double index, int count, Func<int, object?> element) =>
        double.IsInteger(index) && index >= 0 && index < count ? element((int)index) : Undefined.Value;
}

/// <summary>A whole chain of members and calls: where one of them ended, its value is undefined.</summary>
internal sealed record Chain(Node Whole) : Node
{
    public override object? Evaluate(Evaluation e) => Whole.Evaluate(e) is var value && value is Ended ? Undefined.Value : value;

    internal sealed class Ended
    {
        public static readonly Ended Value = new();
    }
}

internal sealed record VariableNode(string Name, DataType Type) : Node(KindOf(Type))
{
    public override object? Evaluate(Evaluation e) => e.Read(e.Scope.Variable(Name));

    private static Kind KindOf(DataType type) => type switch
    {
        DataType.Boolean => Kind.Boolean,
        DataType.Integer or DataType.Number => Kind.Number,
        DataType.String or DataType.TimeSpan or DataType.DateTime => Kind.String,
        DataType.Array => Kind.Array,
        _ => Kind.Any,
    };
}

internal sealed record WorkflowInput() : Node(Kind.Object)
{
    public override object Evaluate(Evaluation e) => e.Scope.Instance.Input;
}

internal sealed record ActivityOutput(string ActivityId, string? Name) : Node
{
    public override object? Evaluate(Evaluation e) =>
        e.Scope.Instance.ActivityOutputs.GetValueOrDefault(ActivityId) is { } outputs && outputs.TryGetPropertyValue(Name ?? "result", out var value)
            ? e.Read(value)
            : Undefined.Value;
}

/// <summary>A function of the library, or the method of that name of whatever the target turns out to be.</summary>
internal sealed record Call(Node? Target, string Name, IReadOnlyList<Node> Arguments, bool IsOptional, Place Place)
    : Node((Target is null ? Library.Function(Name) : Library.Method(Target.Kind, Name))?.Returns ?? Kind.Any)
{
    public override object? Evaluate(Evaluation e)
    {
        var target = Target?.Evaluate(e);
        e.Spend(target is JsonArray list ? 1 + list.Count : Evaluation.SizeOf(target));
        if (target is Chain.Ended || (IsOptional && Js.IsNullish(target)))
        {
            return Chain.Ended.Value;
        }

        var function = Target is null ? Library.Function(Name) : Library.Method(Library.KindOf(target), Name);
        if (function is null)
        {
            throw Place.Fault(Js.IsNullish(target)
                ? $"'{Name}' kan niet worden gebruikt, want er is geen waarde ({Js.ToText(target)})."
                : $"'{Name}' bestaat niet bij deze waarde.");
        }

        var arguments = new object?[Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Arguments[i].Evaluate(e);
        }

        try
        {
            return function.Body(e, target, new(arguments));
        }
        catch (ActivityFault fault) when (fault.Line is null)
        {
            throw Place.Fault(fault.Message);
        }
    }
}

/// <summary>An arrow function. It exists only while the call that it is given to runs, so its parameters have fixed places.</summary>
internal sealed record Lambda(int FirstParameter, int ParameterCount, Node Body) : Node
{
    public override object Evaluate(Evaluation e) => new Callback((element, index) =>
    {
        if (ParameterCount > 0)
        {
            e.Parameters[FirstParameter] = element;
        }

        if (ParameterCount > 1)
        {
            e.Parameters[FirstParameter + 1] = (double)index;
        }

        return Body.Evaluate(e);
    });
}

internal delegate object? Callback(object? element, int index);

internal sealed record Parameter(int Number) : Node
{
    public override object? Evaluate(Evaluation e) => e.Parameters[Number];
}
