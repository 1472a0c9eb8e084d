using System.Collections.Frozen;

namespace NetwerkRegie.Engine;

/// <summary>An activity of Elsa that this engine knows: which inputs it reads, and which activities it holds.</summary>
internal sealed record BuiltIn(string Type, params BuiltIn.Input[] Inputs)
{
    public static readonly FrozenDictionary<string, BuiltIn> All = new BuiltIn[]
    {
        new("Elsa.Complete", new Input("outcomes")),
        new("Elsa.Correlate", new Input("correlationId", ValueType.String, Required: true)),
        new("Elsa.Delay", new Input("timeSpan", ValueType.TimeSpan, Required: true)),
        new("Elsa.DispatchWorkflow", Dispatching) { Outputs = ["result"] },
        new("Elsa.End"),
        new("Elsa.Event", new Input("eventName", ValueType.String, Required: true)) { Outputs = ["result"] },
        new("Elsa.ExecuteWorkflow", Dispatching) { Outputs = ["result"] },
        new("Elsa.Fault", Text("code"), Text("category"), Text("faultType"), Text("message")),
        new("Elsa.Finish"),
        new("Elsa.FlowDecision", new Input("condition", ValueType.Boolean, Required: true)),
        new("Elsa.FlowFork", new Input("branches", ValueType.Array)),
        new("Elsa.FlowJoin", new Input("mode", ValueType.String) { Choices = [JoinMode.WaitAny, JoinMode.WaitAll, JoinMode.WaitAllActive] }),
        new("Elsa.FlowSwitch", new Input("mode", ValueType.String) { Choices = ["MatchFirst", "MatchAny"] }),
        new("Elsa.Flowchart"),
        new("Elsa.If", new Input("condition", ValueType.Boolean, Required: true)) { Ports = ["then", "else"], Outputs = ["result"] },
        new("Elsa.PublishEvent", new Input("eventName", ValueType.String, Required: true), Text("correlationId"), new Input("isLocalEvent", ValueType.Boolean), new Input("payload")),
        new("Elsa.RunTask", new Input("taskName", ValueType.String, Required: true), new Input("payload")) { Outputs = ["taskId", "result"] },
        new("Elsa.Sequence"),
        new("Elsa.SetName", new Input("value", ValueType.String)),
        new("Elsa.SetOutput", new Input("outputName", ValueType.String, Required: true), new Input("outputValue")),
        new("Elsa.SetVariable", new Input("value")),
        new("Elsa.Start"),
        new("Elsa.StartAt", new Input("dateTime", ValueType.DateTime, Required: true)),
        new("Elsa.WriteLine", Text("text")),
    }.ToFrozenDictionary(b => b.Type);

    public string[] Ports { get; init; } = [];

    public string[] Outputs { get; init; } = [];

    private static Input[] Dispatching =>
    [
        new("workflowDefinitionId", ValueType.String, Required: true),
        Text("correlationId"),
        new("input", ValueType.Json),
        new("waitForCompletion", ValueType.Boolean),
    ];

    private static Input Text(string name) => new(name, ValueType.String);

    /// <summary>A choice shapes the flow, so it is made when the flow is drawn and not by an expression.</summary>
    internal sealed record Input(string Name, ValueType Type = ValueType.Any, bool Required = false)
    {
        public string[]? Choices { get; init; }
    }
}

internal static class JoinMode
{
    public const string WaitAny = nameof(WaitAny);
    public const string WaitAll = nameof(WaitAll);
    public const string WaitAllActive = nameof(WaitAllActive);
}
