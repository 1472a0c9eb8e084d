using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using NetwerkRegie.Host;
using Xunit;

namespace NetwerkRegie.Services.Tests.Host;

/// <summary>Wat een proces van zichzelf zegt, en waar het zijn geheimen vindt.</summary>
public sealed class GezondheidTests : IDisposable
{
    private readonly string _map = Directory.CreateTempSubdirectory("gezond-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_map, recursive: true);
    }

    [Fact]
    public async Task Gezond_noemt_het_deel_dat_ontbreekt_en_het_proces_leeft()
    {
        await using var app = await Start("--services=onderwijs", $"--Database={Path.Combine(_map, "data")}");
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal(["bus: gereed", "database onderwijs: gereed"], await Delen(http, HttpStatusCode.OK));

        SqliteConnection.ClearAllPools();
        Directory.Delete(Path.Combine(_map, "data"), recursive: true);

        Assert.Equal(["bus: gereed", "database onderwijs: De database antwoordt niet."], await Delen(http, HttpStatusCode.ServiceUnavailable));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/leeft")).StatusCode);
    }

    [Fact]
    public async Task De_paginas_alleen_hebben_geen_database_en_vragen_het_elders()
    {
        await using var regie = await Start("--services=regie", $"--Database={Path.Combine(_map, "data")}");
        await using var paginas = await Start("--services=toezicht", $"--Database={Path.Combine(_map, "niets")}", $"--Api={regie.Urls.Single()}");
        using var http = new HttpClient { BaseAddress = new Uri(paginas.Urls.Single()) };
        Assert.Equal(["bus: gereed"], await Delen(http, HttpStatusCode.OK));

        var token = (string)(await (await http.PostAsJsonAsync("/proef/tokens", new { rol = "ontwerper" })).Content.ReadFromJsonAsync<JsonObject>())!["token"]!;
        http.DefaultRequestHeaders.Add("cookie", $"netwerkregie={token}");

        Assert.Contains("melding-tot-regisseur", await http.GetStringAsync("/stromen"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/studio/stromen")).StatusCode);
        Assert.False(Directory.Exists(Path.Combine(_map, "niets")));
    }

    [Fact]
    public async Task Een_geheim_komt_uit_een_bestand_en_gaat_voor()
    {
        var geheimen = Directory.CreateDirectory(Path.Combine(_map, "geheimen")).FullName;
        await File.WriteAllTextAsync(Path.Combine(geheimen, "Database"), $"sqlite:{Path.Combine(_map, "uit-bestand")}\n");

        await using var app = await Start("--services=onderwijs", $"--Geheimen={geheimen}", $"--Database={Path.Combine(_map, "niet-deze")}");

        Assert.True(Directory.Exists(Path.Combine(_map, "uit-bestand")));
        Assert.False(Directory.Exists(Path.Combine(_map, "niet-deze")));
    }

    private static async Task<IEnumerable<string>> Delen(HttpClient http, HttpStatusCode status)
    {
        using var antwoord = await http.GetAsync("/gezond");
        Assert.Equal(status, antwoord.StatusCode);
        var json = (await antwoord.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(status == HttpStatusCode.OK, (bool)json["gereed"]!);
        return json["delen"]!.AsArray().Select(deel => $"{deel!["naam"]}: {((bool)deel["gereed"]! ? "gereed" : (string?)deel["reden"])}");
    }

    private async Task<WebApplication> Start(params string[] instellingen)
    {
        var app = HostApplication.Build(["--urls=http://127.0.0.1:0", "--proef", $"--DemoSleutel={Path.Combine(_map, "sleutel.pem")}", .. instellingen]);
        await app.StartAsync();
        return app;
    }
}
