using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Expressions;

/// <summary>What is filled in at an input of an activity.</summary>
internal abstract record Expression
{
    public abstract JsonNode? Evaluate(ExpressionScope scope);
}

internal sealed record Literal(JsonNode? Value) : Expression
{
    public override JsonNode? Evaluate(ExpressionScope scope) => Value?.DeepClone();
}

internal sealed record VariableReference(string Name) : Expression
{
    public override JsonNode? Evaluate(ExpressionScope scope) => scope.Variable(Name)?.DeepClone();
}

internal sealed record InputReference(string Name) : Expression
{
    public override JsonNode? Evaluate(ExpressionScope scope) => scope.Instance.Input[Name]?.DeepClone();
}

/// <summary>What an expression of one activity can see of the instance. Nothing here is changed by looking.</summary>
internal sealed record ExpressionScope(WorkflowInstance Instance, ActivityInstance? Activity, DateTimeOffset Now, Budget Budget)
{
    /// <summary>What is handed to an expression that is evaluated per item.</summary>
    public object?[] Arguments { get; init; } = [];

    /// <summary>The variable of the nearest container that has it, or of the workflow.</summary>
    public JsonNode? Variable(string name) => (Instance.ScopeOf(Activity, name)?.Variables ?? Instance.Variables)[name];
}

/// <summary>The work that one burst may still do; a loop cannot spend more by being spread over many expressions.</summary>
internal sealed class Budget
{
    private int left = Limits.StepsPerBurst;

    public void Spend(int steps)
    {
        left -= steps;
        if (left < 0)
        {
            throw new ActivityFault("De stroom vraagt in één keer te veel rekenwerk.");
        }
    }
}
