using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>What Studio asks when somebody opens a box that has boxes in it, or a place deep inside one: a part of the drawing as a tree.</summary>
internal static class DefinitionGraph
{
    // Studio draws what is in these itself; they are no step on the way to a place.
    private static readonly string[] NoStep = ["Elsa.Workflow", "Elsa.Flowchart"];

    public static void Map(RouteGroupBuilder elsa)
    {
        var graph = elsa.MapGroup("/workflow-definitions/subgraph");
        graph.MapGet("/{id}", async (string id, string? parentNodeId, RegieDbContext db, CancellationToken ct) =>
            Results.Ok((await RootAsync(id, db, ct)) is var root && parentNodeId is { Length: > 0 } ? root.Find(parentNodeId)?.ToJson() ?? root.ToJson() : root.ToJson())).VoorLezers();
        graph.MapGet("/segments/{id}", async (string id, string? childNodeId, RegieDbContext db, CancellationToken ct) => Results.Ok(Segments(await RootAsync(id, db, ct), childNodeId))).VoorLezers();
    }

    private static async Task<Node> RootAsync(string id, RegieDbContext db, CancellationToken ct) =>
        (await (await DefinitionVersion.FindAsync(id, db, ct)).DrawingAsync(db, ct))["root"] is JsonObject root ? Node.Of(root, null, null) : throw new Geweigerd("Deze versie is nog leeg.");

    private static object Segments(Node root, string? childNodeId)
    {
        var child = root.Find(childNodeId ?? "") ?? throw Geweigerd.NietGevonden("Deze plaats in de tekening");
        var segments = new List<object>();
        Node? container = null;
        for (var below = child; below.Parent is { } node; below = node)
        {
            if (NoStep.Contains(node.Type))
                continue;
            container ??= node;
            segments.Insert(0, new { activityNodeId = node.NodeId, activityId = node.Id, activityType = node.Type, portName = below.Port, activityName = node.Name });
        }

        return new { childNode = child.ToJson(), container = (container ?? root).ToJson(), pathSegments = segments };
    }

    /// <summary>A box, with the boxes in it and the place of each in it.</summary>
    private sealed record Node(JsonObject Activity, Node? Parent, string? Port)
    {
        public List<Node> Children { get; } = [];

        public string Id => Tekening.Tekst(Activity, "id")!;
        public string Type => Tekening.Tekst(Activity, "type")!;
        public string NodeId => Tekening.Tekst(Activity, "nodeId") ?? Id;
        public string Name => Tekening.Tekst(Activity, "name") ?? Type;

        public static Node Of(JsonObject activity, Node? parent, string? port)
        {
            var node = new Node(activity, parent, port);
            foreach (var (name, value) in activity)
                node.Collect(value, $"{char.ToUpperInvariant(name[0])}{name[1..]}");
            return node;
        }

        public Node? Find(string nodeId) => NodeId == nodeId ? this : Children.Select(c => c.Find(nodeId)).FirstOrDefault(n => n is not null);

        public JsonObject ToJson() => new()
        {
            ["nodeId"] = NodeId,
            ["port"] = Port,
            ["activity"] = Activity.DeepClone(),
            ["children"] = new JsonArray([.. Children.Select(c => c.ToJson())]),
        };

        private void Collect(JsonNode? value, string port)
        {
            switch (value)
            {
                case JsonArray list:
                    foreach (var element in list)
                        Collect(element, port);
                    break;
                case JsonObject inner when Tekening.Tekst(inner, "id") is not null && Tekening.Tekst(inner, "type") is not null && inner.ContainsKey("nodeId"):
                    Children.Add(Of(inner, this, port));
                    break;
                case JsonObject between:
                    foreach (var (_, part) in between)
                        Collect(part, port);
                    break;
            }
        }
    }
}
