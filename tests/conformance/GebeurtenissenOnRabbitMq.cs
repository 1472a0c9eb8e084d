using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Host;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;
using NetwerkRegie.Services.Tests;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>
/// What happens in cases, as a plain AMQP client hears it: everything, in order per casus, also when the broker goes away and, of the two
/// replicas that a server lets there be, the one that publishes falls out; and nothing of another audience.
/// </summary>
public abstract class GebeurtenissenOnRabbitMq(bool postgres) : IAsyncLifetime
{
    private const int Aantal = 10_000;

    // Not for this user alone: the broker runs as a user of its own, who must be able to reach its part.
    private readonly DirectoryInfo _map = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"broker-{Guid.CreateVersion7()}"));
    private readonly Guid[] _casussen = [.. Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7())];
    private readonly int[] _volgnrs = new int[20];
    private readonly List<WebApplication> _replicas = [];

    private Place Place { get; set; } = null!;

    public async Task InitializeAsync()
    {
        await Servers("start");
        Place = new Place(postgres, rabbitMq: true) { Bus = Instelling("servers.env", "RABBITMQ") };
        while (_replicas.Count < (Place.IsPostgres ? 2 : 1))
        {
            var replica = HostApplication.Build(
                ["--urls=http://127.0.0.1:0", "--services=regie", $"--Database={Place.Database}", $"--Bus={Place.Bus}", "--Regio=demonstratie", $"--DemoSleutel={Path.Combine(Place.Folder, "sleutel.pem")}", "--Logging:LogLevel:Default=Error"]);
            await replica.StartAsync();
            _replicas.Add(replica);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.StopAsync();
            await replica.DisposeAsync();
        }

        await Place.DisposeAsync();
        await Servers("stop");
        _map.Delete(recursive: true);
    }

    [SuiteFact]
    public async Task Client_has_everything_in_order_after_who_publishes_fell_out_and_the_broker_went_away()
    {
        await Queue("partner", "partnersysteem.#");
        using var client = Luister("partnersysteem", "partner");
        await Gebeurt(Aantal / 2);
        var gekregen = new List<JsonNode>((await client.Volgende(100)).Select(regel => JsonNode.Parse(regel)!));

        for (var keer = 0; keer < 3 && Place.IsPostgres; keer++)
            await WiePubliceertValtUit();
        await Servers("stop");
        await Gebeurt(Aantal / 2);
        await Servers("start");

        var gezien = gekregen.Select(g => (string)g["id"]!).ToHashSet();
        while (gezien.Count < Aantal)
        {
            var gebeurtenis = JsonNode.Parse((await client.Volgende(1))[0])!;
            if (gezien.Add((string)gebeurtenis["id"]!))
                gekregen.Add(gebeurtenis);
        }

        Assert.Equal(Enumerable.Range(1, Aantal).Select(n => $"{n}"), gezien.OrderBy(id => int.Parse(id, CultureInfo.InvariantCulture)));
        Assert.Equal(_casussen.Length, gekregen.Select(g => (string)g["subject"]!).Distinct().Count());
        Assert.All(gekregen.GroupBy(g => (string)g["subject"]!), casus => Assert.Equal(Enumerable.Range(1, casus.Count()).Select(n => $"{n}"), casus.Select(g => (string)g["sequence"]!)));
    }

    [SuiteFact]
    public async Task Client_listens_only_where_the_broker_lets_its_organisation()
    {
        await Beheer("""rabbit_auth_backend_internal:add_user(<<"crisis">>, <<"geheim">>, <<"proef">>), rabbit_auth_backend_internal:set_permissions(<<"crisis">>, <<"/">>, <<"^crisis">>, <<"^crisis">>, <<".*">>, <<"proef">>), rabbit_auth_backend_internal:set_topic_permissions(<<"crisis">>, <<"/">>, <<"netwerkregie.gebeurtenissen">>, <<"^$">>, <<"^crisisdienst\\.">>, <<"proef">>).""");
        await using var connection = await new ConnectionFactory { Uri = new Uri(Place.Bus), UserName = "crisis", Password = "geheim" }.CreateConnectionAsync();
        foreach (var elders in new[] { "#", "partnersysteem.#", "*.regie.#" })
        {
            await using var channel = await connection.CreateChannelAsync();
            await channel.QueueDeclareAsync("crisis", durable: true, exclusive: false, autoDelete: false);
            var nee = await Assert.ThrowsAsync<OperationInterruptedException>(() => channel.QueueBindAsync("crisis", EventExchange.Name, elders));
            Assert.Equal(Constants.AccessRefused, nee.ShutdownReason!.ReplyCode);
        }

        await using var eigen = await connection.CreateChannelAsync();
        await eigen.QueueBindAsync("crisis", EventExchange.Name, "crisisdienst.#");
        var nietSchrijven = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var schrijver = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
            await schrijver.BasicPublishAsync(EventExchange.Name, "crisisdienst.regie.verzonnen", mandatory: false, "{}"u8.ToArray());
        });
        Assert.Contains("403", nietSchrijven.ToString(), StringComparison.Ordinal);

        // A partner with kinds of its own, and of no casus of its own here.
        await Queue("alles", "#");
        await Gebeurt(40);
        await Eventually.IsTrue(async () => await Place.WithRabbitMq(channel => channel.MessageCountAsync("alles")) == 80, "both partners that follow all cases have each event");
        Assert.Equal(0u, await Place.WithRabbitMq(channel => channel.MessageCountAsync("crisis")));
        var bericht = await Place.WithRabbitMq(channel => channel.BasicGetAsync("alles", autoAck: true));
        Assert.Equal("application/cloudevents+json; charset=utf-8", bericht!.BasicProperties.ContentType);
        Assert.Matches("^(partnersysteem|proef)\\.regie\\.overdracht-aanvaard\\.[0-9a-f-]{36}$", bericht.RoutingKey);
        var inhoud = JsonNode.Parse(bericht.Body.Span)!;
        foreach (var kenmerk in new[] { "id", "source", "specversion", "type", "subject", "dataref", "sequence", "sequencetype" })
            Assert.Equal((string)inhoud[kenmerk]!, System.Text.Encoding.UTF8.GetString((byte[])bericht.BasicProperties.Headers![$"cloudEvents_{kenmerk}"]!));
    }

    private Programma Luister(string afnemer, string queue) =>
        Programma.Start(["node", Repository.Path("docs/voorbeelden/luisteren.mjs")], ("RABBITMQ", Place.Bus), ("AFNEMER", afnemer), ("QUEUE", queue));

    private Task<bool> Queue(string naam, string waarvan) => Place.WithRabbitMq(async channel =>
    {
        await channel.QueueDeclareAsync(naam, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(naam, EventExchange.Name, waarvan);
        return true;
    });

    private async Task Gebeurt(int aantal)
    {
        for (var geschreven = 0; geschreven < aantal;)
        {
            await using var scope = _replicas[geschreven / 200 % _replicas.Count].Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<RegieDbContext>();
            for (var i = 0; i < _casussen.Length && geschreven < aantal; i++)
                for (var keer = 0; keer < 10 && geschreven < aantal; keer++, geschreven++)
                    db.Logboek.Add(new() { CasusId = _casussen[i], Volgnr = ++_volgnrs[i], Type = "regie.overdracht-aanvaard", Inhoud = "{}", Op = TimeProvider.System.GetUtcNow() });
            db.HeeftGelogd = true;
            await db.SaveChangesAsync();
        }
    }

    /// <summary>As the database sees a process that was killed: it holds nothing any more, with a part on the broker that it did not write down.</summary>
    private Task WiePubliceertValtUit() => Eventually.IsTrue(
        async () =>
        {
            await using var scope = _replicas[0].Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<RegieDbContext>().Database
                .SqlQuery<int>($"""select count(pg_terminate_backend(pid))::int as "Value" from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()""").SingleAsync() > 0;
        },
        "somebody publishes");

    private string Instelling(string bestand, string naam) =>
        File.ReadLines(Path.Combine(_map.FullName, bestand)).Single(regel => regel.StartsWith($"{naam}=", StringComparison.Ordinal)).Split('=', 2)[1].Trim('\'');

    private async Task Servers(string handeling)
    {
        using var script = Process.Start(Path.Combine(AppContext.BaseDirectory, "servers"), [handeling, _map.FullName, "rabbitmq"]);
        await script.WaitForExitAsync();
        Assert.Equal(0, script.ExitCode);
    }

    private async Task Beheer(string opdracht)
    {
        var node = $"netwerkregie{Instelling("ports.env", "RABBITMQ_PORT")}";
        var start = new ProcessStartInfo("/usr/lib/rabbitmq/bin/rabbitmqctl", ["--quiet", "-n", $"{node}@localhost", "--erlang-cookie", node, "eval", opdracht]);
        start.Environment["HOME"] = Path.GetTempPath();
        start.Environment["ERL_EPMD_PORT"] = Instelling("ports.env", "EPMD_PORT");
        using var beheer = Process.Start(start)!;
        await beheer.WaitForExitAsync();
        Assert.Equal(0, beheer.ExitCode);
    }
}

[Needs("RABBITMQ")]
public sealed class GebeurtenissenOnSqliteAndRabbitMq() : GebeurtenissenOnRabbitMq(postgres: false);

[Needs("POSTGRES", "RABBITMQ")]
public sealed class GebeurtenissenOnPostgresAndRabbitMq() : GebeurtenissenOnRabbitMq(postgres: true);
