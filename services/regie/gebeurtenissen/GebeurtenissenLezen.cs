using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NetwerkRegie.Contracts;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Volgen wat er in casussen gebeurt: in porties vanaf een nummer, of live. Wie iets miste leest verder vanaf het laatste nummer dat hij heeft.</summary>
internal static class GebeurtenissenLezen
{
    private const int Bladzijde = 100;
    private const int Hooguit = 1000;

    // Often enough for the proxies in between, which close what is silent for a minute.
    private static readonly TimeSpan Hartslag = TimeSpan.FromSeconds(15);

    private static readonly Rol[] Lezers = [.. Rollen.Beroepskrachten, Rol.Gezin, Rol.Toezichthouder, Rol.Dienst];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var gebeurtenissen = routes.MapGroup("/v1/gebeurtenissen").WithTags("Gebeurtenissen");
        gebeurtenissen.MapGet("", Lezen).Voor(Lezers).Produces<IReadOnlyList<CloudEvent>>(StatusCodes.Status200OK, "application/cloudevents-batch+json")
            .WithSummary("Wat er na een nummer gebeurde, als CloudEvents")
            .WithDescription("na is het id van de laatste gebeurtenis die u hebt; zonder na begint het bij het begin. De header Link (rel=next) wijst naar het vervolg, ook als er nu niets meer is. type mag vaker voorkomen: een soort, of alles over een onderwerp (regie).");
        gebeurtenissen.MapGet("/stroom", Stroom).Voor(Lezers).Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .WithSummary("Wat er gebeurt, live (server-sent events)")
            .WithDescription("Gaat na het wegvallen van de verbinding verder na Last-Event-ID. Zonder die header en zonder na begint het bij wat er vanaf nu gebeurt. Eindigt als uw token verloopt.");
        gebeurtenissen.MapGet("/{nummer:long}", Inhoud).Voor(Lezers).WithSummary("Wat er precies gebeurde: het adres in dataref");
        // A Dapr sidecar beside us asks what we want to hear: nothing, applications hear us (deploy/dapr).
        routes.MapGet("/dapr/subscribe", () => Results.Json(Array.Empty<object>())).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Lezen(long? na, string[]? type, Guid? casusId, int? aantal, Actor actor, RegieDbContext db, Regio regio, Afzender afzender, HttpResponse antwoord, CancellationToken ct)
    {
        new Invoer()
            .Eis(na is null or >= 0, "/na", "Het nummer is niet negatief.")
            .Eis(aantal is null or (> 0 and <= Hooguit), "/aantal", $"Vraag er een tot {Hooguit} tegelijk.")
            .EisAlles(Publiek.Eisen(type, "/type"))
            .Klaar();
        var publiek = await Publiek.VanAsync(db, regio, actor, ct);
        var soorten = publiek.Kies(type);
        await publiek.EisAsync(db, casusId, ct);

        var blad = await Feed.LeesAsync(db, publiek, na ?? 0, soorten, casusId, aantal ?? Bladzijde, ct);
        var vervolg = new StringBuilder($"/v1/gebeurtenissen?na={blad.Tot}");
        foreach (var soort in type ?? [])
            vervolg.Append(CultureInfo.InvariantCulture, $"&type={Uri.EscapeDataString(soort)}");
        if (casusId is not null)
            vervolg.Append(CultureInfo.InvariantCulture, $"&casusId={casusId}");
        if (aantal is not null)
            vervolg.Append(CultureInfo.InvariantCulture, $"&aantal={aantal}");
        antwoord.Headers.Link = $"<{vervolg}>; rel=\"next\"";
        return Results.Json(blad.Regels.Select(r => afzender.Van(r.Regel, r.Sequence)), JsonSerializerOptions.Web, CloudEvent.Batch);
    }

    private static async Task<Ok<GebeurtenisInhoud>> Inhoud(long nummer, Actor actor, RegieDbContext db, Regio regio, TimeProvider time, CancellationToken ct)
    {
        var publiek = await Publiek.VanAsync(db, regio, actor, ct);
        if (await Feed.OpAsync(db, publiek, [nummer], ct) is not [{ Regel: var regel }])
            throw Geweigerd.NietGevonden("Deze gebeurtenis");
        await Inzagelog.NoteerAsync(db, regel.CasusId, actor, "wat er gebeurde", time.Nu(), ct);
        return TypedResults.Ok(new GebeurtenisInhoud($"{nummer}", regel.CasusId, regel.Type, regel.Op, JsonDocument.Parse(regel.Inhoud).RootElement));
    }

    private static async Task Stroom(
        long? na, string[]? type, Guid? casusId, Actor actor, HttpContext http, Regio regio, Afzender afzender, Kop kop, IServiceScopeFactory scopes, IHostApplicationLifetime host, TimeProvider time)
    {
        // A stop of the program ends the stream, and the reader goes on at another replica.
        using var einde = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var ct = einde.Token;
        var verloopt = long.TryParse(http.User.FindFirstValue("exp"), NumberStyles.None, CultureInfo.InvariantCulture, out var exp) ? DateTimeOffset.FromUnixTimeSeconds(exp) : DateTimeOffset.MaxValue;
        var laatste = http.Request.Headers["Last-Event-ID"].ToString();
        var isVervolg = long.TryParse(laatste, NumberStyles.None, CultureInfo.InvariantCulture, out var vanaf);
        new Invoer()
            .Eis(isVervolg || laatste.Length == 0, "", "Last-Event-ID is het id van de laatste gebeurtenis die u hebt.")
            .Eis(na is null or >= 0, "/na", "Het nummer is niet negatief.")
            .EisAlles(Publiek.Eisen(type, "/type"))
            .Klaar();

        IReadOnlyList<string>? soorten;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
            var publiek = await Publiek.VanAsync(db, regio, actor, ct);
            soorten = publiek.Kies(type);
            await publiek.EisAsync(db, casusId, ct);
            if (!isVervolg)
                vanaf = na ?? await Feed.KopAsync(db, ct);
        }

        http.Response.ContentType = "text/event-stream";
        // Says to nginx: pass on at once.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await SchrijfAsync(": verbonden\n\n");
            var geschreven = TimeProvider.System.GetTimestamp();
            while (time.Nu() < verloopt)
            {
                var nieuws = kop.Nieuws;
                FeedBlad blad;
                await using (var scope = scopes.CreateAsyncScope())
                {
                    var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
                    // Who this reader is to a casus may have changed since the last look.
                    blad = await Feed.LeesAsync(db, await Publiek.VanAsync(db, regio, actor, ct), vanaf, soorten, casusId, Bladzijde, ct);
                }

                vanaf = blad.Tot;
                if (blad.Regels.Count > 0)
                {
                    var tekst = new StringBuilder();
                    foreach (var (regel, sequence) in blad.Regels)
                        tekst.Append(CultureInfo.InvariantCulture, $"id: {regel.Positie}\ndata: {Encoding.UTF8.GetString(afzender.Van(regel, sequence).AlsJson())}\n\n");
                    await SchrijfAsync(tekst.ToString());
                    geschreven = TimeProvider.System.GetTimestamp();
                    continue;
                }

                await Kop.WachtAsync(nieuws, Hartslag, ct);
                ct.ThrowIfCancellationRequested();
                // Also when much happens that is not for this reader.
                if (TimeProvider.System.GetElapsedTime(geschreven) >= Hartslag)
                {
                    await SchrijfAsync(": hartslag\n\n");
                    geschreven = TimeProvider.System.GetTimestamp();
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }

        async Task SchrijfAsync(string tekst)
        {
            await http.Response.WriteAsync(tekst, ct);
            await http.Response.Body.FlushAsync(ct);
        }
    }
}

/// <summary>De inhoud bij een CloudEvent.</summary>
/// <param name="Id">Het id van het CloudEvent.</param>
/// <param name="Type">De naam in de catalogus, bijvoorbeeld regie.overgedragen.</param>
/// <param name="Op">Wanneer het is vastgelegd.</param>
/// <param name="Inhoud">Nummers en momenten; niets over personen.</param>
public sealed record GebeurtenisInhoud(string Id, Guid CasusId, string Type, DateTimeOffset Op, JsonElement Inhoud);
