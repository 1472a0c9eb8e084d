namespace NetwerkRegie.Contracts;

/// <summary>
/// Een regio zoals zij is ingericht: wie er werkt, wie voor wie waarneemt en welk team een route bedient. Komt uit een
/// bestand, niet uit de code.
/// </summary>
/// <param name="IsDemonstratie">Alleen een demonstratieregio mag de ingebouwde uitgever van tokens gebruiken.</param>
/// <param name="Termijnen">Eigen waarden van de regio voor termijnen, naast de landelijke.</param>
/// <param name="Convenanten">De afspraken waaronder hier met scholen wordt gedeeld; zonder een dat geldt wordt er niets gedeeld.</param>
/// <param name="Oin">Het nummer van 20 cijfers waarmee de gebeurtenissen van deze regio naar buiten gaan.</param>
/// <param name="Adres">Het adres waarop anderen deze regio bereiken, bijvoorbeeld <c>https://regie.voorbeeld.nl</c>.</param>
/// <param name="Afnemers">De organisaties waarvan een dienst gebeurtenissen mag ontvangen; wie er niet bij staat krijgt niets.</param>
public sealed record Regio(
    string Naam,
    bool IsDemonstratie,
    IReadOnlyList<Team> Teams,
    IReadOnlyList<Professional> Professionals,
    IReadOnlyList<RegioTermijn>? Termijnen = null,
    IReadOnlyList<Convenant>? Convenanten = null,
    string? Oin = null,
    string? Adres = null,
    IReadOnlyList<Afnemer>? Afnemers = null);

/// <summary>Een team dat casussen kan dragen.</summary>
/// <param name="Routes">De routes van intake die bij dit team uitkomen.</param>
/// <param name="Gemeenten">Voor welke gemeenten het team werkt; leeg is de hele regio.</param>
/// <param name="LeidinggevendeId">Houder in laatste instantie als niemand anders de regie kan houden.</param>
/// <param name="Contactpersonen">Wie bemiddelt als de samenwerking met een ander team stokt; leeg is de leidinggevende.</param>
public sealed record Team(string Id, string Naam, IReadOnlyList<string> Routes, IReadOnlyList<string> Gemeenten, Guid LeidinggevendeId, IReadOnlyList<Guid>? Contactpersonen = null);

/// <summary>Een beroepskracht die een rol in een casus kan hebben.</summary>
/// <param name="Rol">De rol van het token waarmee deze persoon werkt, bijvoorbeeld <c>regisseur</c> of <c>rvt</c>.</param>
/// <param name="TeamId">Het team; leeg voor wie geen casussen draagt.</param>
/// <param name="Vervangers">Wie waarneemt, in volgorde.</param>
public sealed record Professional(Guid Id, string Naam, string Rol, string Organisatie, string? TeamId, IReadOnlyList<Guid> Vervangers);

/// <summary>Een afspraak tussen organisaties over het delen van gegevens.</summary>
/// <param name="GeldigTot">De laatste dag waarop zij geldt.</param>
public sealed record Convenant(string Naam, DateOnly GeldigTot);

/// <summary>De waarde van een termijn in deze regio.</summary>
/// <param name="Duur">Bijvoorbeeld <c>5 werkdagen</c>.</param>
public sealed record RegioTermijn(string Id, string Duur, string Bron);

/// <summary>Een organisatie met een dienst die hoort wat er gebeurt.</summary>
/// <param name="Naam">Kort, in kleine letters; ook het eerste woord van de routing key op RabbitMQ.</param>
/// <param name="Organisatie">Zoals zij in het token van de dienst staat.</param>
/// <param name="AlleCasussen">Ook van casussen waar de organisatie niet in werkt.</param>
/// <param name="Soorten">Welke gebeurtenissen, bijvoorbeeld <c>regie</c> of <c>kaders.gewijzigd</c>; leeg is alle.</param>
public sealed record Afnemer(string Naam, string Organisatie, bool AlleCasussen = false, IReadOnlyList<string>? Soorten = null);
