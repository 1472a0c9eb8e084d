using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Regie;

/// <summary>
/// Een gebeurtenis zoals zij naar buiten gaat: een CloudEvent volgens het profiel van NL GOV. Zegt dat er iets gebeurde en in welke casus;
/// wat er precies gebeurde leest wie dat mag op <paramref name="Dataref"/>.
/// </summary>
/// <param name="Id">De plaats in de stroom. Wie dit nummer al had, kreeg de gebeurtenis dubbel.</param>
/// <param name="Source">Welk systeem het vertelt.</param>
/// <param name="Type">De soort, bijvoorbeeld nl.netwerkregie.regie.overgedragen.v1.</param>
/// <param name="Subject">De casus.</param>
/// <param name="Time">Wanneer het is vastgelegd.</param>
/// <param name="Dataref">Waar de inhoud te lezen is, met eigen rechten.</param>
/// <param name="Sequence">Per casus, vanaf 1 en zonder gaten in wat deze lezer mag weten.</param>
/// <param name="Traceparent">Het spoor waarin het gebeurde (W3C Trace Context); leeg als niemand volgde.</param>
public sealed record CloudEvent(
    string Id, string Source, string Type, string Subject, DateTime Time, string Dataref, string Sequence, CloudEventData Data,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Traceparent = null)
{
    public const string Json = "application/cloudevents+json; charset=utf-8";
    public const string Batch = "application/cloudevents-batch+json; charset=utf-8";

    public string Specversion { get; } = "1.0";
    public string Datacontenttype { get; } = "application/json";
    public string Sequencetype { get; } = "Integer";

    public static string TypeVan(string naam) => $"nl.netwerkregie.{naam}.v1";

    /// <summary>De kenmerken zoals CloudEvents ze op AMQP naast de inhoud zet.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Kenmerken() =>
    [
        new("cloudEvents_id", Id),
        new("cloudEvents_source", Source),
        new("cloudEvents_specversion", Specversion),
        new("cloudEvents_type", Type),
        new("cloudEvents_subject", Subject),
        new("cloudEvents_time", Time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)),
        new("cloudEvents_dataref", Dataref),
        new("cloudEvents_sequence", Sequence),
        new("cloudEvents_sequencetype", Sequencetype),
        .. Traceparent is null ? [] : new KeyValuePair<string, string>[] { new("cloudEvents_traceparent", Traceparent) },
    ];

    internal byte[] AlsJson() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);
}

/// <param name="CasusId">Waarin het gebeurde.</param>
public sealed record CloudEventData(Guid CasusId);

/// <summary>Wie de gebeurtenissen vertelt: het OIN van de regio, en het adres waarop zij is te bereiken.</summary>
internal sealed class Afzender
{
    private const int CijfersVanOin = 20;

    private readonly string _adres;
    private readonly IServer _server;

    /// <exception cref="SettingException">De regio heeft geen OIN.</exception>
    public Afzender(Regio regio, IServer server)
    {
        _server = server;
        // Who only tries it out has none.
        var oin = regio.Oin ?? (regio.IsDemonstratie ? new string('0', CijfersVanOin) : "");
        if (oin.Length != CijfersVanOin || !oin.All(char.IsAsciiDigit))
            throw new SettingException("Zet in het bestand van de regio het oin: het nummer van 20 cijfers waarmee haar gebeurtenissen naar buiten gaan.");
        Source = $"urn:nld:oin:{oin}:systeem:netwerkregie-regie";
        _adres = regio.Adres?.TrimEnd('/') ?? "";
        Herkomst = Uri.TryCreate(regio.Adres, UriKind.Absolute, out var adres) ? adres.Host : "netwerkregie";
    }

    public string Source { get; }

    /// <summary>Hoe wij ons aan een ontvanger voorstellen.</summary>
    public string Herkomst { get; }

    /// <summary>Een adres bij ons; zonder adres van de regio ten opzichte van waar de lezer ons vond.</summary>
    public string Adres(string pad) => _adres + pad;

    /// <summary>Een adres bij ons dat ook geldt voor wie ons niet vond; zonder adres van de regio dat van dit proces.</summary>
    public string VolledigAdres(string pad) => (_adres.Length > 0 ? _adres : _server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()) + pad;

    public CloudEvent Van(LogboekRegel regel, int sequence)
    {
        var id = regel.Positie!.Value.ToString(CultureInfo.InvariantCulture);
        return new(id, Source, CloudEvent.TypeVan(regel.Type), regel.CasusId.ToString(), regel.Op.UtcDateTime, Adres($"/v1/gebeurtenissen/{id}"), sequence.ToString(CultureInfo.InvariantCulture), new(regel.CasusId), regel.Traceparent);
    }
}
