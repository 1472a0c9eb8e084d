using System.Globalization;
using System.Text.Json;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Host;

/// <summary>
/// Everything that can be set, read once at the start and wrong in one sentence. Each has a default that works on a laptop.
/// </summary>
internal sealed record Settings
{
    /// <summary>The pages, as a value of <c>--services</c>. They own nothing, so they are no <see cref="Service"/>.</summary>
    private const string Toezicht = "toezicht";

    /// <summary><c>--services intake,regie</c>: which services run here; default all.</summary>
    public required IReadOnlyList<Service> Services { get; init; }

    /// <summary>The pages run here: they were asked for, or regie runs here and they come along.</summary>
    public required bool HeeftPaginas { get; init; }

    /// <summary>What runs here, as in <c>--services</c>.</summary>
    public required IReadOnlyList<string> Namen { get; init; }

    /// <summary><c>--Api http://…</c>: where the pages find the API of the services; without it, in this process.</summary>
    public required Uri? Api { get; init; }

    /// <summary><c>--Otlp http://…</c>: who is told of spans, figures and log lines; without it nobody.</summary>
    public required Uri? Otlp { get; init; }

    /// <summary>Only make databases, tables, queues and bindings, and stop.</summary>
    public required bool PrepareOnly { get; init; }

    /// <summary><c>--Database sqlite:data</c> or <c>postgres:Host=…</c>.</summary>
    public required Database Database { get; init; }

    /// <summary><c>--Bus memory</c> or <c>amqp://…</c>.</summary>
    public required Bus Bus { get; init; }

    /// <summary><c>--Regio demonstratie</c> or the path of a file.</summary>
    public required Regio Regio { get; init; }

    /// <summary><c>--Issuer https://…</c>: who makes the tokens; without it the demonstration region makes its own.</summary>
    public required Uri? Issuer { get; init; }

    /// <summary><c>--ClientId naam</c>: how the issuer knows the pages, for people who sign in there.</summary>
    public required string ClientId { get; init; }

    /// <summary><c>--DemoSleutel pad</c>: the key file that the processes of one demonstration share.</summary>
    public required string DemoSleutel { get; init; }

    /// <summary><c>--proef</c>: a clock that tests move and tokens for any role. Never with a real issuer.</summary>
    public required bool Proef { get; init; }

    /// <summary><c>--Deelnemers http://…,http://…</c>: with <c>--proef</c>, the other processes whose clocks move along.</summary>
    public required IReadOnlyList<Uri> Deelnemers { get; init; }

    /// <summary><c>--Klok 2026-03-02T10:15:00+01:00</c>: with <c>--proef</c>, where the clock stands at the start; without it, it runs.</summary>
    public required DateTimeOffset? Klok { get; init; }

    public required CrashPoints CrashPoints { get; init; }

    public required Deliveries Deliveries { get; init; }

    public required Protections Protections { get; init; }

    private static readonly string[] Known =
        ["services", "prepare", "database", "bus", "regio", "issuer", "clientid", "demosleutel", "afleversleutel", "api", "otlp", "geheimen", "proef", "deelnemers", "klok", "crashpoint", "zonderbescherming", "bezorging", "urls", "environment", "contentroot", "applicationname"];

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>Lets switches stand alone: <c>prepare</c> and <c>--proef</c>.</summary>
    public static string[] Normalise(string[] args) =>
        [.. args.Select((arg, i) => arg switch
        {
            "prepare" when i == 0 => "--prepare=true",
            "--proef" when i + 1 == args.Length || args[i + 1].StartsWith('-') => "--proef=true",
            _ => arg,
        })];

    /// <summary><c>--Geheimen /run/secrets</c>: a file per setting, for what may not stand on a command line; it goes before the same setting elsewhere.</summary>
    /// <exception cref="SettingException">The folder is not there.</exception>
    public static void AddGeheimen(ConfigurationManager configuration)
    {
        if (configuration["Geheimen"] is not { Length: > 0 } folder)
            return;
        if (!Directory.Exists(folder))
            throw new SettingException($"De map '{folder}' uit de instelling Geheimen is er niet.");
        configuration.AddKeyPerFile(Path.GetFullPath(folder));
    }

    /// <exception cref="SettingException">Something is wrong; the message says what.</exception>
    public static Settings Read(IConfiguration configuration, string[] args, IReadOnlyList<Service> all)
    {
        foreach (var key in args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal)).Select(arg => arg[2..].Split('=')[0]))
            if (!Known.Contains(key.ToLowerInvariant()) && !key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase))
                throw new SettingException($"Onbekende instelling '--{key}'; kies uit {string.Join(", ", Known.Take(14).Select(name => "--" + name))}, --urls.");

        var proef = configuration["proef"] is "true";
        var issuer = Address(configuration["Issuer"], "Issuer");
        if (proef && issuer is not null)
            throw new SettingException("--proef gaat niet samen met een echte uitgever van tokens (Issuer): iedereen zou elke rol kunnen aannemen.");
        if (!proef && (configuration["CrashPoint"] ?? configuration["ZonderBescherming"] ?? configuration["Bezorging"] ?? configuration["Deelnemers"] ?? configuration["Klok"]) is not null)
            throw new SettingException("CrashPoint, ZonderBescherming, Bezorging, Deelnemers en Klok bestaan alleen met --proef.");

        var database = Database.Parse(configuration["Database"]);
        var bus = Bus.Parse(configuration["Bus"]);
        var regio = ReadRegio(configuration["Regio"] ?? (proef || (database.IsEmbedded && bus.IsEmbedded) ? "demonstratie" : throw new SettingException("Stel Regio in op het bestand van uw regio (of op 'demonstratie').")));
        if (issuer is null && !regio.IsDemonstratie)
            throw new SettingException("Stel Issuer in op het adres van uw uitgever van tokens (OpenID Connect); alleen de demonstratieregio heeft er zelf een.");

        var names = ReadNames(configuration["services"], all);
        return new Settings
        {
            Services = [.. names.Except([Toezicht]).Select(name => all.Single(s => s.Name == name))],
            HeeftPaginas = names.Contains(Toezicht) || names.Contains("regie"),
            Namen = names,
            Api = Address(configuration["Api"], "Api"),
            Otlp = Address(configuration["Otlp"], "Otlp"),
            PrepareOnly = configuration["prepare"] is "true",
            Database = database,
            Bus = bus,
            Regio = regio,
            Issuer = issuer,
            ClientId = configuration["ClientId"] ?? TokenIssuer.Audience,
            DemoSleutel = configuration["DemoSleutel"] ?? Path.Combine("data", "demo-uitgever.pem"),
            Proef = proef,
            Deelnemers = [.. (configuration["Deelnemers"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(a => Address(a, "Deelnemers")!)],
            Klok = Moment(configuration["Klok"]),
            CrashPoints = new CrashPoints(configuration["CrashPoint"]),
            Protections = Protections.Without(configuration["ZonderBescherming"]),
            Deliveries = Deliveries.Parse(configuration["Bezorging"]),
        };
    }

    private static string[] ReadNames(string? setting, IReadOnlyList<Service> all)
    {
        string[] known = [.. all.Select(s => s.Name), Toezicht];
        var chosen = setting is null or "" or "all" ? known : [.. setting.Split(',', StringSplitOptions.TrimEntries).Distinct()];
        return Array.Find(chosen, name => !known.Contains(name)) is { } unknown
            ? throw new SettingException($"Onbekende dienst '{unknown}'; kies uit {string.Join(", ", known)} of all.")
            : chosen;
    }

    internal static Regio ReadRegio(string setting)
    {
        var file = setting is "demonstratie" ? Path.Combine(AppContext.BaseDirectory, "demonstratieregio.json") : setting;
        try
        {
            return JsonSerializer.Deserialize<Regio>(File.ReadAllText(file), Strict)!;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SettingException($"Het bestand van de regio '{setting}' is niet te lezen: {e.Message.Split('\n')[0]}");
        }
    }

    private static DateTimeOffset? Moment(string? setting) =>
        setting is null or "" ? null
        : DateTimeOffset.TryParse(setting, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
        : throw new SettingException("De instelling Klok is geen moment.");

    private static Uri? Address(string? setting, string name) =>
        setting is null or "" ? null
        : Uri.TryCreate(setting, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new SettingException($"De instelling {name} is geen webadres.");
}
