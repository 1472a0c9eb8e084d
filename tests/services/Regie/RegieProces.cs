using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Contracts;
using NetwerkRegie.Host;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>Regie alone, for real: HTTP on a free port, SQLite in a folder, the bus in memory. A second one on the same folder is a replica.</summary>
public sealed class RegieProces : IAsyncLifetime
{
    private readonly string _folder;
    private readonly bool _isFirst;
    private WebApplication _app = null!;

    public RegieProces()
        : this(Directory.CreateTempSubdirectory("regie-").FullName, isFirst: true)
    {
    }

    private RegieProces(string folder, bool isFirst) => (_folder, _isFirst) = (folder, isFirst);

    public HttpClient Ontwerper { get; private set; } = null!;

    public HttpClient Toezichthouder { get; private set; } = null!;

    public int Poort { get; private set; }

    public Uri Adres => new(_app.Urls.Single());

    internal IEnumerable<Microsoft.AspNetCore.Http.Endpoint> Routes => _app.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints;

    public async Task InitializeAsync()
    {
        _app = HostApplication.Build([$"--urls=http://127.0.0.1:{Poort}", "--services=regie", $"--Database={_folder}", "--proef", $"--DemoSleutel={Path.Combine(_folder, "sleutel.pem")}", $"--Afleversleutel={Path.Combine(_folder, "afleversleutel")}"]);
        await _app.StartAsync();
        Poort = Adres.Port;
        (Ontwerper, Toezichthouder) = (await Als("ontwerper"), await Als("toezichthouder"));
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        if (!_isFirst)
            return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Ends it as Ctrl-C does.</summary>
    public Task Stop() => _app.StopAsync();

    public async Task<RegieProces> Replica(int poort = 0)
    {
        var replica = new RegieProces(_folder, isFirst: false) { Poort = poort };
        await replica.InitializeAsync();
        return replica;
    }

    public HttpClient Niemand() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Adres };

    public async Task<HttpClient> Als(string rol, string? naam = null)
    {
        var client = Niemand();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await Token(rol, naam));
        return client;
    }

    /// <summary>A system of an organisation.</summary>
    public async Task<HttpClient> AlsDienstVan(string organisatie)
    {
        var client = Niemand();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await Token("dienst", organisatie: organisatie));
        return client;
    }

    public async Task<string> Token(string rol, string? naam = null, string? organisatie = null)
    {
        using var client = Niemand();
        return (string)(await (await client.PostAsJsonAsync("/proef/tokens", new { rol, naam, organisatie })).Content.ReadFromJsonAsync<JsonObject>())!["token"]!;
    }

    /// <summary>Something happens to a casus, in this replica.</summary>
    internal async Task<Stroom> Begint(string definitieId, Guid? casusId = null)
    {
        var casus = casusId ?? Guid.CreateVersion7();
        await using var scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CasusRunner>().RunAsync(casus, async burst =>
        {
            await burst.StartAsync(definitieId, []);
            return true;
        }, default);
        return scope.ServiceProvider.GetRequiredService<RegieDbContext>().Stromen.Single(s => s.CasusId == casus && s.DefinitieId == definitieId);
    }

    /// <summary>A casus that is simply there, of the team of its regisseur.</summary>
    public async Task<Guid> Casus(string regisseur = "Samira Bouazza")
    {
        var id = Guid.CreateVersion7();
        await using var scope = _app.Services.CreateAsyncScope();
        var houder = scope.ServiceProvider.GetRequiredService<RegieDbContext>().Professionals.Single(p => p.Naam == regisseur);
        await scope.ServiceProvider.GetRequiredService<CasusRunner>().RunAsync(id, burst =>
        {
            burst.Geopend(NetwerkRegie.Regie.Casus.Openen(id, Guid.CreateVersion7(), $"GZN-{id}", "Zilverdam", houder.TeamId!, [new("K1", "4-7")], houder.Id, isNoodhouder: false, versieVanStroom: 1, burst.Nu));
            return Task.FromResult(true);
        }, default);
        return id;
    }

    /// <summary>Something is written in the log of a casus, as a step or another service would.</summary>
    internal async Task Gebeurt(Guid casusId, params IGebeurtenis[] gebeurtenissen)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await scope.ServiceProvider.GetRequiredService<Database>().LockAsync(db, casusId, default);
        await Logboek.SchrijfAsync(db, casusId, gebeurtenissen, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Someone of the demonstration region, by name.</summary>
    public async Task<Iemand> Iemand(string naam)
    {
        var persoon = _app.Services.GetRequiredService<NetwerkRegie.Contracts.Regio>().Professionals.Single(p => p.Naam == naam);
        return new(persoon.Id, await Als(persoon.Rol, naam));
    }

    /// <summary>Puts the clock of this process ahead; everything that was due has then happened.</summary>
    public async Task Later(TimeSpan duur)
    {
        using var client = Niemand();
        (await client.PostAsJsonAsync("/proef/klok", new { nu = await Nu() + duur })).EnsureSuccessStatusCode();
    }

    public async Task<DateTimeOffset> Nu()
    {
        using var client = Niemand();
        return (await client.GetFromJsonAsync<JsonObject>("/proef/klok"))!["nu"]!.GetValue<DateTimeOffset>();
    }

    /// <summary>What happened in a casus, in order, by the names of the catalogue; that the family was told of it is left out.</summary>
    public Task<List<string>> Gebeurd(Guid casusId) => InDatabase((db, _) => db.Logboek.Where(g => g.CasusId == casusId && g.Type != "berichten.beschikbaar").OrderBy(g => g.Volgnr).Select(g => g.Type).ToListAsync());

    internal async Task<T> InDatabase<T>(Func<RegieDbContext, IServiceProvider, Task<T>> vraag)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await vraag(scope.ServiceProvider.GetRequiredService<RegieDbContext>(), scope.ServiceProvider);
    }

    /// <summary>A flow that does one thing and ends; the text makes versions different.</summary>
    public static JsonObject Kort(string id, string tekst = "een") => JsonNode.Parse($$"""
        {
          "definitionId": "{{id}}", "name": "Kort {{id}}", "description": "Voor een proef", "version": 1, "toolVersion": "3.8.0.0",
          "variables": [], "inputs": [], "outputs": [], "outcomes": [], "customProperties": { "eigen": { "van ons": 1.50 } }, "isReadonly": false,
          "options": { "usableAsActivity": false },
          "root": { "id": "schema", "type": "Elsa.Flowchart", "version": 1, "customProperties": {}, "metadata": {}, "activities": [
            { "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{tekst}}" } }, "id": "regel", "name": "Regel", "type": "Elsa.WriteLine", "version": 1, "customProperties": { "canStartWorkflow": true }, "metadata": {} }
          ], "connections": [] }
        }
        """)!.AsObject();

    /// <summary>A flow that waits for a person.</summary>
    public static JsonObject Wachtend(string id)
    {
        var stroom = Kort(id);
        stroom["root"]!["activities"] = JsonNode.Parse("""
            [
              { "titel": { "typeName": "String", "expression": { "type": "Literal", "value": "Bel" } }, "voor": { "typeName": "String", "expression": { "type": "Literal", "value": "regisseur" } },
                "uitkomsten": { "typeName": "String[]", "expression": { "type": "Object", "value": "[\"Gebeld\"]" } }, "termijn": { "typeName": "String", "expression": { "type": "Literal", "value": "1 week" } },
                "vlottrekker": { "typeName": "String", "expression": { "type": "Literal", "value": "leidinggevende" } },
                "id": "bellen", "name": "Bellen", "type": "NetwerkRegie.Taak", "version": 1, "customProperties": { "canStartWorkflow": true }, "metadata": {} },
              { "id": "klaar", "name": "Klaar", "type": "Elsa.Finish", "version": 1, "customProperties": {}, "metadata": {} }
            ]
            """);
        stroom["root"]!["connections"] = JsonNode.Parse("""
            [
              { "source": { "activity": "bellen", "port": "Gebeld" }, "target": { "activity": "klaar", "port": "In" } },
              { "source": { "activity": "bellen", "port": "Verlopen" }, "target": { "activity": "klaar", "port": "In" } }
            ]
            """);
        stroom["customProperties"]!["Flowchart:ExecutionMode"] = "TokenBased";
        return stroom;
    }
}

/// <summary>Someone who works in the region, and does things over HTTP.</summary>
public sealed record Iemand(Guid Id, HttpClient Http)
{
    public Task<JsonObject> Doet(string pad, object? inhoud = null, int status = 200) => Http.PostAsJsonAsync($"/v1/{pad}", inhoud ?? new { }).Json(status);

    public Task<JsonObject> Schrijft(string pad, object inhoud, int status = 200) => Http.PutAsJsonAsync($"/v1/{pad}", inhoud).Json(status);

    public Task<JsonObject> Ziet(string pad, int status = 200) => Http.GetAsync($"/v1/{pad}").Json(status);

    /// <summary>Wie sinds het openen de regie hield.</summary>
    public async Task<IReadOnlyList<string>> Regielijn(Guid casus) =>
        [.. (await Ziet($"casussen/{casus}/lijnen/regie"))["perioden"]!.AsArray().Select(p => $"{p!["houder"]} {p["merk"]}".TrimEnd())];

    public async Task<IReadOnlyList<string>> Taken(Guid casus) =>
        [.. (await Ziet("taken"))["items"]!.AsArray().Where(t => (Guid)t!["casusId"]! == casus).Select(t => (string)t!["titel"]!)];
}

internal static class Antwoorden
{
    public static async Task<JsonObject> Json(this Task<HttpResponseMessage> vraag, int status = 200)
    {
        using var antwoord = await vraag;
        var tekst = await antwoord.Content.ReadAsStringAsync();
        Assert.True((int)antwoord.StatusCode == status, $"{antwoord.RequestMessage!.RequestUri}: {(int)antwoord.StatusCode} {tekst}");
        return tekst.Length == 0 ? [] : JsonNode.Parse(tekst)!.AsObject();
    }

    public static Task<JsonObject> Bewaar(this HttpClient client, JsonObject model, bool publish = false, int status = 200) =>
        client.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model, publish }).Json(status);

    public static Task<JsonObject> Vraag(this HttpClient client, string pad, int status = 200) => client.GetAsync("/elsa/api" + pad).Json(status);

    public static Task<JsonObject> Doe(this HttpClient client, string pad, object? inhoud = null, int status = 200) => client.PostAsJsonAsync("/elsa/api" + pad, inhoud ?? new { }).Json(status);
}
