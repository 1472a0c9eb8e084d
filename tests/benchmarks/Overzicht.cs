using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NetwerkRegie.Host;
using Npgsql;

namespace NetwerkRegie.Benchmarks;

/// <summary>
/// How long the overview of a supervisor takes with many casussen on PostgreSQL, over HTTP and at the server, and by which plans. Two flows
/// per casus, of which one in two hundred and fifty is stuck; written by SQL, because only their number matters here.
/// </summary>
internal static class Overzicht
{
    private const int Asked = 40;

    private static readonly (string What, string Path)[] Questions =
    [
        ("what asks for attention", "/v1/bewaking/stromen?toestand=GEBLOKKEERD&toestand=WACHT_TE_LANG&toestand=GEEN_GEGEVENS&toestand=HERSTEL"),
        ("all flows", "/v1/bewaking/stromen"),
        ("one state", "/v1/bewaking/stromen?toestand=WACHT_TE_LANG"),
        ("a state that is nowhere", "/v1/bewaking/stromen?toestand=HERSTEL"),
        ("one kind of flow", "/v1/bewaking/stromen?zoek=opschaling"),
    ];

    private static readonly (string What, string Sql)[] Plans =
    [
        ("The counts per state", "select stand, dienst, count(*) from stromen where stand is not null group by stand, dienst"),
        ("The first page of what asks for attention", "select id, casus_id, stand from stromen where stand is not null and stand in ('GEBLOKKEERD', 'WACHT_TE_LANG', 'HERSTEL') order by risico desc, stand_sinds, id limit 51"),
        ("The first page of all flows", "select id, casus_id, stand from stromen where stand is not null order by risico desc, stand_sinds, id limit 51"),
    ];

    public static async Task<string> MeasureAsync(Servers servers, int casussen)
    {
        var name = $"overzicht_{Environment.ProcessId}";
        var folder = Directory.CreateTempSubdirectory("overzicht-").FullName;
        var app = HostApplication.Build(["--urls=http://127.0.0.1:0", "--services=regie", $"--Database={servers.Postgres};Database={name}", "--proef", $"--DemoSleutel={Path.Combine(folder, "sleutel.pem")}"]);
        await app.StartAsync();
        try
        {
            await using var source = NpgsqlDataSource.Create(servers.Connection($"{name}_regie"));
            await SeedAsync(source, casussen);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            var token = await (await http.PostAsJsonAsync("/proef/tokens", new { rol = "toezichthouder" })).Content.ReadFromJsonAsync<JsonObject>();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token!["token"]!);

            var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"Overview with {casussen:N0} casussen and {2 * casussen:N0} running flows; milliseconds over HTTP, {Asked} times each, load {Report.Load}.").AppendLine()
                .AppendLine("| | median | highest |").AppendLine("|---|---|---|");
            foreach (var (what, path) in Questions)
            {
                var took = await AskAsync(http, path);
                text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {took[took.Count / 2]:0} | {took[^1]:0} |");
            }

            foreach (var (what, sql) in Plans)
                text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{what}:").AppendLine().AppendLine("```").AppendLine(await PlanAsync(source, sql)).AppendLine("```");
            return text.ToString();
        }
        finally
        {
            await app.DisposeAsync();
            NpgsqlConnection.ClearAllPools();
            await servers.DropAsync($"{name}_regie");
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task SeedAsync(NpgsqlDataSource source, int casussen)
    {
        await using var command = source.CreateCommand($"""
            insert into stromen (id, casus_id, definitie_id, versie, status, toestand, storingen, laatste_burst, gestart_op, bijgewerkt_op, stand, blokkade, stand_sinds, risico, dienst)
            select gen_random_uuid(), md5((n / 2)::text)::uuid, d.definitie_id, d.versie, 'Suspended', repeat(md5(n::text), 40), case when n % 1000 = 7 then 1 else 0 end, 3, now() - n * interval '1 minute', now(),
              case when n % 1000 = 7 then 'GEBLOKKEERD' when n % 400 = 3 then 'WACHT_TE_LANG' when n % 5 = 0 then 'LOOPT' else 'WACHT' end,
              case when n % 1000 = 7 then 'storing' end, now() - n * interval '1 minute', n % 13 / 9, case when n % 50 = 1 then 'kernteam' end
            from generate_series(1, {2 * casussen}) n join lateral (select definitie_id, versie from definities where is_actueel order by md5(definitie_id || (n % 7)) limit 1) d on true;
            insert into wachtpunten (stroom_id, bookmark, id, casus_id, stap, activiteit_id, titel, voor_rol, vlottrekker, uitgangen, sinds, verloopt_op, pogingen, te_lang_sinds)
            select id, 'b1', gen_random_uuid(), casus_id, 'NetwerkRegie.Taak', 'taak', 'Eerste contact met het gezin', coalesce('dienst:' || dienst, 'regisseur'), 'leidinggevende van het team', '["Contact gehad","Verlopen"]', stand_sinds, now() + interval '30 days', 0,
              case when stand = 'WACHT_TE_LANG' then now() - interval '1 day' end from stromen where stand <> 'LOOPT';
            """);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
        await using var vacuum = source.CreateCommand("vacuum analyze");
        vacuum.CommandTimeout = 600;
        await vacuum.ExecuteNonQueryAsync();
    }

    private static async Task<List<double>> AskAsync(HttpClient http, string path)
    {
        var took = new List<double>();
        for (var i = 0; i < Asked + 5; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            (await http.GetAsync(path)).EnsureSuccessStatusCode();
            // The first few make the plans and the code.
            if (i >= 5)
                took.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        took.Sort();
        return took;
    }

    private static async Task<string> PlanAsync(NpgsqlDataSource source, string sql)
    {
        var lines = new List<string>();
        await using var command = source.CreateCommand($"explain (analyze, buffers) {sql}");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
