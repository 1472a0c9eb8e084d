using System.Collections.Frozen;

namespace NetwerkRegie.Engine;

/// <summary>An activity of Elsa that this engine knows: which inputs it reads, and which activities it holds.</summary>
internal sealed record BuiltIn(string Type, params BuiltIn.Input[] Inputs)
{
    public static readonly FrozenDictionary<string, BuiltIn> All = new BuiltIn[]
    {
        new("Elsa.Break"),
        new("Elsa.BulkDispatchWorkflows",
            Required("workflowDefinitionId", DataType.String), Required("items", DataType.Array), Text("defaultItemInputKey"), Text("correlationIdFunction"),
            new Input("input", DataType.Json), new Input("waitForCompletion", DataType.Boolean))
        {
            Ports = ["childCompleted", "childFaulted"],
            BodyVariables = [Scoped("ChildInstanceId", DataType.String), Scoped("WorkflowOutput", DataType.Json)],
        },
        new("Elsa.Complete", new Input("outcomes")),
        new("Elsa.Correlate", Required("correlationId", DataType.String)),
        new("Elsa.Cron", Required("cronExpression", DataType.String)),
        new("Elsa.Delay", Required("timeSpan", DataType.TimeSpan)),
        new("Elsa.DispatchWorkflow", Dispatching),
        new("Elsa.End"),
        new("Elsa.Event", Required("eventName", DataType.String)),
        new("Elsa.ExecuteWorkflow", Dispatching),
        new("Elsa.Fault", Text("code"), Text("category"), Text("faultType"), Text("message")),
        new("Elsa.Finish"),
        new("Elsa.FlowDecision", Required("condition", DataType.Boolean)),
        new("Elsa.FlowFork", new Input("branches", DataType.Array)),
        new("Elsa.FlowJoin", new Input("mode", DataType.String) { Choices = [JoinMode.WaitAny, JoinMode.WaitAll, JoinMode.WaitAllActive] }),
        new("Elsa.FlowNode") { Ports = ["body"] },
        new("Elsa.FlowSwitch", SwitchMode),
        new("Elsa.Flowchart") { List = "activities" },
        new("Elsa.For", new Input("start", DataType.Integer), new Input("end", DataType.Integer), new Input("step", DataType.Integer), new Input("outerBoundInclusive", DataType.Boolean))
        {
            Ports = ["body"],
            BodyVariables = [Scoped("CurrentValue", DataType.Integer)],
        },
        new("Elsa.ForEach", Required("items", DataType.Array)) { Ports = ["body"], BodyVariables = Iterating },
        new("Elsa.Fork") { List = "branches" },
        new("Elsa.If", Required("condition", DataType.Boolean)) { Ports = ["then", "else"] },
        new("Elsa.Parallel") { List = "activities" },
        new("Elsa.ParallelForEach", Required("items", DataType.Array)) { Ports = ["body"], BodyVariables = Iterating },
        new("Elsa.PublishEvent", Required("eventName", DataType.String), Text("correlationId"), new Input("isLocalEvent", DataType.Boolean), new Input("payload")),
        new("Elsa.RunTask", Required("taskName", DataType.String), new Input("payload")),
        new("Elsa.Sequence") { List = "activities" },
        new("Elsa.SetName", Text("value")),
        new("Elsa.SetOutput", Required("outputName", DataType.String), new Input("outputValue")),
        new("Elsa.SetVariable", new Input("value")),
        new("Elsa.Start"),
        new("Elsa.StartAt", Required("dateTime", DataType.DateTime)),
        new("Elsa.StateMachine"),
        new("Elsa.Switch", SwitchMode) { Ports = ["default"] },
        new("Elsa.Timer", Required("interval", DataType.TimeSpan)),
        new("Elsa.While", Required("condition", DataType.Boolean)) { Ports = ["body"] },
        new("Elsa.WriteLine", Text("text")),
    }.ToFrozenDictionary(b => b.Type);

    /// <summary>Where a list of activities is, for those that hold one.</summary>
    public string? List { get; init; }

    /// <summary>Where single activities are.</summary>
    public string[] Ports { get; init; } = [];

    /// <summary>What an activity in a port can see of the round or the answer that it runs for.</summary>
    public Variable[] BodyVariables { get; init; } = [];

    private static Input[] Dispatching =>
    [
        Required("workflowDefinitionId", DataType.String),
        Text("correlationId"),
        new("input", DataType.Json),
        new("waitForCompletion", DataType.Boolean),
    ];

    private static Input SwitchMode => new("mode", DataType.String) { Choices = ["MatchFirst", "MatchAny"] };

    private static Variable[] Iterating => [Scoped("CurrentIndex", DataType.Integer), Scoped("CurrentValue", DataType.Any)];

    private static Input Text(string name) => new(name, DataType.String);

    private static Input Required(string name, DataType type) => new(name, type) { IsRequired = true };

    private static Variable Scoped(string name, DataType type) => new(name, name, type, null);

    internal sealed record Input(string Name, DataType Type = DataType.Any)
    {
        public bool IsRequired { get; init; }

        /// <summary>A choice shapes the flow, so it is made when the flow is drawn and not by an expression.</summary>
        public string[]? Choices { get; init; }
    }
}

internal static class JoinMode
{
    public const string WaitAny = nameof(WaitAny);
    public const string WaitAll = nameof(WaitAll);
    public const string WaitAllActive = nameof(WaitAllActive);
}

/// <summary>In a flowchart of tokens: what an activity does with the tokens that come to it.</summary>
internal enum MergeMode
{
    None,
    Stream,
    Merge,
    Converge,
    Cascade,
    Race,
}
