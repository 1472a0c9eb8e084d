namespace NetwerkRegie.Regie;

/// <summary>Een beroepskracht, zoals de regio haar kent.</summary>
public sealed class Professional
{
    public required Guid Id { get; init; }
    public required string Naam { get; set; }
    public required string Rol { get; set; }
    public required string Organisatie { get; set; }
    public string? TeamId { get; set; }

    /// <summary>Plaats in het bestand van de regio; beslist als verder alles gelijk is.</summary>
    public required int Volgorde { get; set; }
    public bool IsActief { get; set; } = true;
    public DateTimeOffset? UitDienstOp { get; private set; }
    public string? UitDienstReden { get; private set; }
    public DateTimeOffset? LaatstToegewezenOp { get; private set; }

    /// <summary>De reden van wie uit het bestand verdween en nergens meer voor nodig was.</summary>
    public const string NietInBestand = "staat niet meer in het bestand van de regio";

    internal void GaatUitDienst(string reden, DateTimeOffset moment) => (IsActief, UitDienstOp, UitDienstReden) = (false, moment, reden);

    /// <summary>Zij staat weer in het bestand van de regio; wie zelf uit dienst ging komt zo niet terug.</summary>
    internal void StaatWeerInBestand()
    {
        if (UitDienstReden == NietInBestand)
            (IsActief, UitDienstOp, UitDienstReden) = (true, null, null);
    }

    internal void KrijgtCasus(DateTimeOffset moment) => LaatstToegewezenOp = moment;
}

/// <summary>Wie voor wie waarneemt, in volgorde.</summary>
public sealed class Vervanger
{
    public required Guid ProfessionalId { get; init; }
    public required Guid VervangerId { get; init; }
    public required int Volgorde { get; init; }
}

/// <summary>Een team dat casussen draagt.</summary>
public sealed class Team
{
    public required string Id { get; init; }
    public required string Naam { get; set; }
    public required IReadOnlyList<string> Routes { get; set; }
    public required IReadOnlyList<string> Gemeenten { get; set; }

    /// <summary>Houder in laatste instantie.</summary>
    public required Guid LeidinggevendeId { get; set; }

    /// <summary>Wie bemiddelt als de samenwerking stokt.</summary>
    public IReadOnlyList<Guid> Contactpersonen { get; set; } = [];

    /// <summary>Zonder contactpersoon bemiddelt de leidinggevende.</summary>
    internal IReadOnlyList<Guid> Bemiddelaars => Contactpersonen.Count > 0 ? Contactpersonen : [LeidinggevendeId];

    internal bool Bedient(string route, string gemeente) => Routes.Contains(route) && (Gemeenten.Count == 0 || Gemeenten.Contains(gemeente));
}
