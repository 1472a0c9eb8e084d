using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Expressions;

/// <summary>The names that an expression may use, and where it leaves which outputs it reads.</summary>
internal sealed record Names(
    ImmutableList<Variable> Variables,
    IReadOnlySet<string> Inputs,
    Func<string, string?> FindActivity,
    ISet<string> ReadOutputs)
{
    /// <summary>Names that only this expression knows, in the order of <see cref="ExpressionScope.Arguments"/>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}

/// <summary>
/// An expression in the part of JavaScript that has values only: no statements, no assignment, no loop, no regular
/// expression. It is parsed and checked when the workflow is read, and always ends.
/// </summary>
internal sealed record Script(Node Node) : Expression
{
    public static Expression Parse(string text, Names names)
    {
        if (text.Length > Limits.ExpressionLength)
        {
            throw new ActivityFault($"Een uitdrukking mag niet langer zijn dan {Limits.ExpressionLength} tekens.", 1, 1);
        }

        return new Parser(text, names).Parse() is { } node ? new Script(node) : new Literal(null);
    }

    public override JsonNode? Evaluate(ExpressionScope scope)
    {
        var evaluation = new Evaluation(scope);
        scope.Arguments.CopyTo(evaluation.Parameters, 0);
        var result = Js.ToJson(Node.Evaluate(evaluation));
        Values.Measure(result);
        return result;
    }
}

/// <summary>One evaluation: what it sees, and how much of its budget is left.</summary>
internal sealed class Evaluation(ExpressionScope scope)
{
    private int left = Limits.EvaluationSteps;

    public ExpressionScope Scope { get; } = scope;

    /// <summary>The arguments of the functions that are being called, innermost last.</summary>
    public object?[] Parameters { get; } = new object?[2 * Limits.ExpressionDepth];

    /// <summary>What it costs to look at the whole of a value.</summary>
    public static int SizeOf(object? value) => value switch
    {
        string text => 1 + text.Length,
        JsonNode node => Values.Measure(node),
        _ => 1,
    };

    public object? Read(JsonNode? node)
    {
        var value = Js.FromJson(node);
        Spend(value is string text ? 1 + text.Length : 1);
        return value;
    }

    /// <summary>A value as part of a new array or object.</summary>
    public JsonNode? Copy(object? value)
    {
        Spend(SizeOf(value));
        return Js.ToJson(value);
    }

    public JsonArray Array(IEnumerable<object?> elements) => new([.. elements.Select(Copy)]);

    public void Spend(int steps)
    {
        left -= steps;
        if (left < 0)
        {
            throw new ActivityFault("Deze uitdrukking vraagt te veel rekenwerk.");
        }

        Scope.Budget.Spend(steps);
    }
}
