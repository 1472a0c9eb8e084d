using System.Text.Json.Nodes;
using NetwerkRegie.Engine.Expressions;

namespace NetwerkRegie.Engine;

/// <summary>
/// A value from outside that decides where a flow goes: an input of the workflow, or an output of one of its activities.
/// </summary>
/// <param name="ActivityId">Null for an input of the workflow.</param>
/// <param name="Path">The name, and the members under it that are looked at.</param>
/// <param name="Candidates">Values of which at least one takes every way that any value can take.</param>
public sealed record Influence(string? ActivityId, IReadOnlyList<string> Path, IReadOnlyList<JsonNode?> Candidates);

/// <summary>A choice of which cannot be known, without running the flow, between which values it makes a difference.</summary>
public sealed record OpenChoice(string ActivityId, string ActivityName);

/// <summary>
/// What decides the ways that a flow can go. A condition that only compares values from outside with constants is fully known by
/// trying those constants, a value just beside each number, one value that is none of them, and none at all.
/// </summary>
public sealed class Decisions
{
    private const string OtherText = "(iets anders)";

    private readonly Dictionary<string, Source> sources = [];
    private readonly List<OpenChoice> open = [];
    private readonly WorkflowDefinition definition;

    private Decisions(WorkflowDefinition definition) => this.definition = definition;

    public IReadOnlyList<Influence> Influences { get; private set; } = [];

    /// <summary>Empty when all ways are known.</summary>
    public IReadOnlyList<OpenChoice> Open => open;

    public static Decisions Of(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var decisions = new Decisions(definition);
        decisions.Find();
        return decisions;
    }

    private void Find()
    {
        foreach (var activity in definition.Activities)
        {
            var conditions = activity.Cases.Select(c => c.Condition)
                .Concat(activity.StateMachine?.Transitions.Select(t => t.Condition).OfType<Expression>() ?? [])
                .Concat(activity.Type is "Elsa.FlowDecision" or "Elsa.If" or "Elsa.While" ? activity.Inputs.Where(i => i.Key == "condition").Select(i => i.Value.Expression) : []);
            var shapes = activity.IsOwnStep ? [] : activity.Inputs.Values
                .Where(i => i.Name is "items" or "start" or "end" or "step" or "branches" or "outcomes" or "eventName" or "mode" or "workflowDefinitionId" or "dateTime" or "timeSpan" or "interval" or "cronExpression")
                .Select(i => i.Expression);
            if (shapes.Any(e => e is not Literal) || !conditions.All(c => Follow(c, [])))
            {
                open.Add(new(activity.Id, activity.DisplayName));
            }
        }

        Influences = [.. sources.Values.Select(s => new Influence(s.ActivityId, s.Path, s.Candidates()))];
    }

    /// <summary>Notes what an expression looks at; false when it does more than compare.</summary>
    private bool Follow(Expression expression, HashSet<string> variables) => expression switch
    {
        Literal => true,
        InputReference input => From(null, [input.Name], []),
        VariableReference variable => FollowVariable(variable.Name, [], variables),
        Script script => Follow(script.Node, Constants(script.Node), variables),
        _ => false,
    };

    private bool Follow(Node node, IReadOnlyList<object?> constants, HashSet<string> variables) => node switch
    {
        Constant => true,
        Unary { Operator: "!" } not => Follow(not.Operand, constants, variables),
        Binary { Operator: "===" or "!==" or "==" or "!=" or "<" or "<=" or ">" or ">=" } compare => Follow(compare.Left, constants, variables) && Follow(compare.Right, constants, variables),
        Logical logical => Follow(logical.Left, constants, variables) && Follow(logical.Right, constants, variables),
        Conditional choice => Follow(choice.Condition, constants, variables) && Follow(choice.Then, constants, variables) && Follow(choice.Else, constants, variables),
        Call { Target: null, Name: "isNullOrEmpty", Arguments: [var argument] } => Follow(argument, [.. constants, ""], variables),
        Chain chain => Follow(chain.Whole, constants, variables),
        VariableNode variable => FollowVariable(variable.Name, constants, variables),
        ActivityOutput output => From(output.ActivityId, [output.Name ?? "result"], constants),
        Member member => InputPath(member) is { Count: > 0 } path && From(null, path, constants),
        _ => false,
    };

    // A variable is decided by whatever is put into it.
    private bool FollowVariable(string name, IReadOnlyList<object?> constants, HashSet<string> variables)
    {
        if (!variables.Add(name))
        {
            return true;
        }

        var isKnown = true;
        foreach (var activity in definition.Activities)
        {
            foreach (var output in activity.Outputs.Where(o => o.Variable?.Name == name))
            {
                isKnown &= activity switch
                {
                    { Type: "Elsa.SetVariable" } => !activity.Inputs.TryGetValue("value", out var value) || FollowCopy(value.Expression, constants, variables),
                    { IsOwnStep: true } => From(activity.Id, [output.Name], constants, output.Variable!.Type),
                    _ => false,
                };
            }
        }

        return isKnown;
    }

    private bool FollowCopy(Expression expression, IReadOnlyList<object?> constants, HashSet<string> variables) => expression switch
    {
        Literal => true,
        InputReference input => From(null, [input.Name], constants),
        VariableReference variable => FollowVariable(variable.Name, constants, variables),
        Script script => Follow(script.Node, [.. constants, .. Constants(script.Node)], variables),
        _ => false,
    };

    private bool From(string? activityId, IReadOnlyList<string> path, IReadOnlyList<object?> constants, DataType type = DataType.Any)
    {
        var key = $"{activityId}/{string.Join('.', path)}";
        if (!sources.TryGetValue(key, out var source))
        {
            sources[key] = source = new(activityId, path, type);
        }

        source.Constants.UnionWith(constants);
        return true;
    }

    private static List<string>? InputPath(Node node) => node switch
    {
        WorkflowInput => [],
        Chain chain => InputPath(chain.Whole),
        Member { Name: Constant { Value: string name } } member when InputPath(member.Target) is { } path => [.. path, name],
        _ => null,
    };

    private static IReadOnlyList<object?> Constants(Node node) => node switch
    {
        Constant constant => [constant.Value],
        Unary unary => Constants(unary.Operand),
        Binary binary => [.. Constants(binary.Left), .. Constants(binary.Right)],
        Logical logical => [.. Constants(logical.Left), .. Constants(logical.Right)],
        Conditional choice => [.. Constants(choice.Condition), .. Constants(choice.Then), .. Constants(choice.Else)],
        _ => [],
    };

    private sealed record Source(string? ActivityId, IReadOnlyList<string> Path, DataType Type)
    {
        public HashSet<object?> Constants { get; } = [];

        public IReadOnlyList<JsonNode?> Candidates()
        {
            // Looked at as it is, so as true or false.
            if (Type == DataType.Boolean || Constants.Count == 0)
            {
                return [JsonValue.Create(true), JsonValue.Create(false)];
            }

            var numbers = Constants.OfType<double>().SelectMany(n => new[] { n - 1, n, n + 1 }).Distinct().Select(n => (JsonNode?)JsonValue.Create(n));
            if (Type is DataType.Integer or DataType.Number)
            {
                return [.. numbers];
            }

            var texts = Constants.OfType<string>().Append(OtherText).Distinct().Select(t => (JsonNode?)JsonValue.Create(t));
            var truths = Constants.OfType<bool>().Any() ? new JsonNode?[] { JsonValue.Create(true), JsonValue.Create(false) } : [];
            return Type == DataType.String ? [.. texts, null] : [.. texts, .. numbers, .. truths, null];
        }
    }
}
