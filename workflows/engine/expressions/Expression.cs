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
internal sealed record ExpressionScope(WorkflowInstance Instance, ActivityInstance? Activity, DateTimeOffset Now)
{
    /// <summary>The variable of the nearest container that has it, or of the workflow.</summary>
    public JsonNode? Variable(string name) => Instance.ContainerOf(Activity, name)[name];
}
