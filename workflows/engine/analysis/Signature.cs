using System.Globalization;
using System.Text;

namespace NetwerkRegie.Engine;

/// <summary>
/// Tells whether two instances of one definition do the same from here on, whatever their ids, their age and the number of
/// rounds they made. With it, everything that a flow can come to is a finite graph.
/// </summary>
public static class Signature
{
    // How much more often a connection was passed than its target says something about the rounds to come; far beyond that it says nothing new.
    private const long Surplus = 3;

    /// <summary>A text that is equal for instances that cannot be told apart by what they do.</summary>
    public static string Of(WorkflowDefinition definition, WorkflowInstance instance)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(instance);
        var children = instance.Activities.ToLookup(a => a.ParentId);
        var bookmarks = instance.Bookmarks.ToLookup(b => b.ActivityInstanceId);
        var scheduled = instance.Scheduled.ToLookup(item => item.OwnerId);
        var text = new StringBuilder()
            .Append(instance.SubStatus).Append('|').Append(instance.TriggerActivityId)
            .Append('|').Append(instance.Input.ToJsonString()).Append(instance.Variables.ToJsonString()).Append(instance.Output.ToJsonString())
            .Append('|').Append(instance.LastResult?.ToJsonString())
            .AppendJoin(',', instance.ActivityOutputs.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}{o.Value.ToJsonString()}"))
            .Append('|').AppendJoin(',', instance.Incidents.Select(i => i.ActivityId).Order(StringComparer.Ordinal));
        text.AppendJoin(',', scheduled[null].Select(Work));
        text.AppendJoin("", children[null].Select(Text));
        return text.ToString();

        // Activities side by side are a set: in which order they began makes no difference to what they do.
        string Text(ActivityInstance activity)
        {
            var part = new StringBuilder("(").Append(activity.ActivityId).Append(activity.Backward ? "<-" : "").Append(activity.Faulted ? "!" : "");
            part.Append(CultureInfo.InvariantCulture, $":{string.Join('+', activity.Outcomes ?? [])}:{activity.Position}:{activity.State}");
            part.Append(activity.Items?.ToJsonString()).Append(activity.Variables?.ToJsonString());
            part.AppendJoin(',', bookmarks[activity.Id].Select(b => $"{b.Type}{b.Payload?.ToJsonString()}").Order(StringComparer.Ordinal));
            part.Append(activity.FlowScope is { } scope ? Describe(definition.Activity(activity.ActivityId), scope) : "");
            part.AppendJoin("", children[activity.Id].Select(Text).Order(StringComparer.Ordinal));
            part.AppendJoin(',', scheduled[activity.Id].Select(Work));
            return part.Append(')').ToString();
        }

        static string Work(WorkItem item) => $">{item.ActivityId}{(item.Backward ? "<-" : "")}{item.Variables?.ToJsonString()}";
    }

    // A target is decided by how much further its connections are than itself, so only that difference is kept.
    private static string Describe(Activity flowchart, FlowScope scope)
    {
        var graph = flowchart.GraphFrom(scope.StartActivityId);
        var counts = flowchart.Connections
            .Where(graph.IsForward)
            .Select(c => (c.Key, Lead: Math.Min(Surplus, scope.ConnectionVisitCount.GetValueOrDefault(c.Key) - scope.ActivitiesVisitCount.GetValueOrDefault(c.Target)), IsFollowed: scope.ConnectionLastVisitFollowed.GetValueOrDefault(c.Key)))
            .Where(c => c.Lead != 0)
            .OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}={c.Lead}{(c.Lead > 0 && c.IsFollowed ? "f" : "")}"));
        var tokens = (scope.Tokens ?? []).GroupBy(t => t).Select(t => $"{t.Key}x{Math.Min(Surplus, t.Count())}").Order(StringComparer.Ordinal);
        return $"[{string.Join(';', counts.Concat(tokens))}]";
    }
}
