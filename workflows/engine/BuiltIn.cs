using System.Collections.Frozen;

namespace NetwerkRegie.Engine;

/// <summary>An activity of Elsa that this engine knows: which inputs it reads, and which activities it holds.</summary>
internal sealed record BuiltIn(string Type, params BuiltIn.Input[] Inputs)
{
    public static readonly FrozenDictionary<string, BuiltIn> All = new BuiltIn[]
    {
        new("Elsa.Complete", new Input("outcomes")),
        new("Elsa.Correlate", new Input("correlationId", DataType.String, Required: true)),
        new("Elsa.Delay", new Input("timeSpan", DataType.TimeSpan, Required: true)),
        new("Elsa.DispatchWorkflow", Dispatching) { Outputs = ["result"] },
        new("Elsa.End"),
        new("Elsa.Event", new Input("eventName", DataType.String, Required: true)) { Outputs = ["result"] },
        new("Elsa.ExecuteWorkflow", Dispatching) { Outputs = ["result"] },
        new("Elsa.Fault", Text("code"), Text("category"), Text("faultType"), Text("message")),
        new("Elsa.Finish"),
        new("Elsa.FlowDecision", new Input("condition", DataType.Boolean, Required: true)),
        new("Elsa.FlowFork", new Input("branches", DataType.Array)),
        new("Elsa.FlowJoin", new Input("mode", DataType.String) { Choices = [JoinMode.WaitAny, JoinMode.WaitAll, JoinMode.WaitAllActive] }),
        new("Elsa.FlowSwitch", new Input("mode", DataType.String) { Choices = ["MatchFirst", "MatchAny"] }),
        new("Elsa.Flowchart"),
        new("Elsa.If", new Input("condition", DataType.Boolean, Required: true)) { Ports = ["then", "else"], Outputs = ["result"] },
        new("Elsa.PublishEvent", new Input("eventName", DataType.String, Required: true), Text("correlationId"), new Input("isLocalEvent", DataType.Boolean), new Input("payload")),
        new("Elsa.RunTask", new Input("taskName", DataType.String, Required: true), new Input("payload")) { Outputs = ["taskId", "result"] },
        new("Elsa.Sequence"),
        new("Elsa.SetName", new Input("value", DataType.String)),
        new("Elsa.SetOutput", new Input("outputName", DataType.String, Required: true), new Input("outputValue")),
        new("Elsa.SetVariable", new Input("value")),
        new("Elsa.Start"),
        new("Elsa.StartAt", new Input("dateTime", DataType.DateTime, Required: true)),
        new("Elsa.WriteLine", Text("text")),
    }.ToFrozenDictionary(b => b.Type);

    public string[] Ports { get; init; } = [];

    public string[] Outputs { get; init; } = [];

    private static Input[] Dispatching =>
    [
        new("workflowDefinitionId", DataType.String, Required: true),
        Text("correlationId"),
        new("input", DataType.Json),
        new("waitForCompletion", DataType.Boolean),
    ];

    private static Input Text(string name) => new(name, DataType.String);

    /// <summary>A choice shapes the flow, so it is made when the flow is drawn and not by an expression.</summary>
    internal sealed record Input(string Name, DataType Type = DataType.Any, bool Required = false)
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
