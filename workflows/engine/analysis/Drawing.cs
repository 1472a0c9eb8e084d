using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine;

/// <summary>What can be seen in a definition without running it.</summary>
public static class Drawing
{
    /// <summary>The exits of an activity that lead somewhere, with where they lead; null where the drawing has no exits, as in a sequence.</summary>
    public static IReadOnlyList<(string Outcome, string Target)>? Exits(this WorkflowDefinition definition, string activityId)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Activities.FirstOrDefault(a => a.Activities.Any(child => child.Id == activityId)) is { Type: "Elsa.Flowchart" } flowchart
            ? [.. flowchart.Connections.Where(c => c.Source == activityId).Select(c => (c.Port, c.Target))]
            : null;
    }

    /// <summary>The activities that a line has led to and that have not begun: they wait for another line.</summary>
    public static IReadOnlyList<string> Awaited(this WorkflowDefinition definition, WorkflowInstance instance)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(instance);
        return
        [
            .. (from at in instance.Activities
                where at.FlowScope is not null
                let scope = at.FlowScope
                let flowchart = definition.Activity(at.ActivityId)
                let graph = flowchart.GraphFrom(scope.StartActivityId)
                from connection in flowchart.Connections
                where scope.HasLed(connection) && (scope.Tokens is not null || graph.IsForward(connection))
                where !instance.Activities.Exists(a => a.ParentId == at.Id && a.ActivityId == connection.Target)
                select connection.Target).Distinct(),
        ];
    }

    /// <summary>Whether something is filled in there: a value, or an expression that gives one.</summary>
    public static bool HasInput(this Activity activity, string name)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return activity.Inputs.TryGetValue(name, out var input) && (input.Expression is not Expressions.Literal literal || literal.Value?.ToString() is { Length: > 0 });
    }

    /// <summary>An answer with which an activity can fill what it fills in the drawing, whatever the values are.</summary>
    public static JsonObject SampleResult(this WorkflowDefinition definition, string activityId)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new(definition.Activity(activityId).Outputs
            .DistinctBy(o => o.Name)
            .Select(o => KeyValuePair.Create(o.Name, (JsonNode?)(o.Variable?.Type switch
            {
                DataType.Boolean => JsonValue.Create(true),
                DataType.Integer or DataType.Number => JsonValue.Create(1),
                DataType.DateTime => JsonValue.Create("2030-01-01T00:00:00Z"),
                DataType.TimeSpan => JsonValue.Create("01:00:00"),
                DataType.Array => new JsonArray(),
                DataType.Json => new JsonObject(),
                _ => JsonValue.Create("(waarde)"),
            }))));
    }
}
