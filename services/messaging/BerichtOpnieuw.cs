using System.Text.Json;
using System.Text.Json.Nodes;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Regie;

namespace NetwerkRegie.Messaging;

/// <summary>
/// Offers a message that nobody could handle once more, by its own number: whoever handled it already recognises it in the inbox. It
/// leaves the kept messages and enters the outbox in one transaction, so it is never nowhere; if it fails again it is kept again.
/// </summary>
public sealed class BerichtOpnieuwAanbiedenConsumer<TDb>(TDb db, ConsumerTools tools) : OnceConsumer<BerichtOpnieuwAanbieden>(db, tools)
    where TDb : ServiceDbContext
{
    private readonly TDb _db = db;

    protected override async Task Handle(BerichtOpnieuwAanbieden message, CancellationToken ct)
    {
        // Of another service, or offered already.
        if (await _db.OnverwerkbareBerichten.FindAsync([message.BerichtId], ct) is not { } kept || kept.Wachtrij != message.Wachtrij)
            return;
        if (Envelope.Message(kept.Inhoud) is not { } content || typeof(StapRef).Assembly.GetType(kept.Type) is null)
        {
            var (casusId, stroomId) = Envelope.Subject(kept.Inhoud);
            _db.Publish(new BerichtVastgelopen(kept.Wachtrij, kept.Id, kept.Type, "Dit bericht is niet te lezen en kan niet opnieuw worden aangeboden.", casusId, stroomId, Now), kept.Id, Now);
            return;
        }

        _db.OnverwerkbareBerichten.Remove(kept);
        _db.Republish(kept.Id, kept.Type, content.ToJsonString(JsonSerializerOptions.Web), kept.Id, Now);
    }
}

/// <summary>The envelope in which MassTransit keeps a message.</summary>
internal static class Envelope
{
    /// <returns>Null when it cannot be read.</returns>
    public static JsonObject? Message(string body)
    {
        try
        {
            return JsonNode.Parse(body)?["message"] as JsonObject;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Which casus and which flow a message is about, as far as it says so.</summary>
    public static (Guid? CasusId, Guid? StroomId) Subject(string body)
    {
        var message = Message(body);
        var step = message?["stap"] as JsonObject;
        return (Id(step?["casusId"] ?? message?["casusId"]), Id(step?["stroomId"] ?? message?["stroomId"]));
    }

    private static Guid? Id(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && Guid.TryParse(text, out var id) ? id : null;
}
