using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// Wat de volgende regisseur vanaf de eerste dag moet weten, per sectie: geschreven door wie overdraagt, en afgetekend door wie ontvangt.
/// De tekst staat hier en nergens anders; er gaat niets van in een bericht of een log.
/// </summary>
public sealed class DossierSectie
{
    public required Guid OverdrachtId { get; init; }
    public required string Sectie { get; init; }
    public string Tekst { get; private set; } = "";
    public Guid GeschrevenDoorId { get; private set; }
    public DateTimeOffset GeschrevenOp { get; private set; }
    public DateTimeOffset? GelezenOp { get; private set; }

    /// <summary>De secties, in de volgorde waarin zij gelezen worden.</summary>
    public static readonly string[] Alle = ["koers", "risicos", "afspraken", "termijnen", "beloften", "kaders", "wie-is-wie", "gezin"];

    // Wie is aangevuld, is nog niet gelezen.
    internal void Schrijf(string tekst, Guid doorId, DateTimeOffset nu) => (Tekst, GeschrevenDoorId, GeschrevenOp, GelezenOp) = (tekst, doorId, nu, null);

    internal void Gelezen(DateTimeOffset nu) => GelezenOp ??= nu;
}

public sealed partial class Casus
{
    /// <summary>Wie het dossier van deze overdracht mag lezen: wie overdraagt, wie ontvangt en de leidinggevende.</summary>
    internal void DossierInzien(Guid overdrachtId, Actor actor, Team team)
    {
        var overdracht = Gezocht(overdrachtId);
        if (actor.Id != overdracht.NaarId && actor.Id != overdracht.VanId && actor.Id != HouderId && actor.Id != team.LeidinggevendeId)
            throw Geweigerd.GeenRecht("Alleen wie overdraagt, wie ontvangt en de leidinggevende zien het dossier van een overdracht.");
    }

    /// <summary>Wie overdraagt vult een sectie in, of vult haar aan.</summary>
    internal void DossierSchrijven(Guid overdrachtId, Actor actor, DossierSectie sectie, string tekst, DateTimeOffset nu)
    {
        EisZender(OverdrachtMet(overdrachtId, Overdracht.Voorgesteld, Overdracht.Aanvaard, Overdracht.GesprekGepland), actor, "het dossier schrijven");
        sectie.Schrijf(tekst, actor.Id, nu);
    }

    /// <summary>Wie ontvangt tekent af dat zij een sectie heeft gelezen.</summary>
    internal void DossierLezen(Guid overdrachtId, Actor actor, DossierSectie? sectie, DateTimeOffset nu)
    {
        var overdracht = Gezocht(overdrachtId);
        if (actor.Id != overdracht.NaarId)
            throw Geweigerd.GeenRecht("Alleen wie de regie ontvangt tekent af dat het dossier is gelezen.");
        (sectie ?? throw new Geweigerd("Deze sectie is nog niet ingevuld.")).Gelezen(nu);
    }

    /// <summary>Het gezin heeft de samenvatting gehoord en zegt of zij klopt.</summary>
    internal void SamenvattingBespreken(Guid overdrachtId, Actor actor, bool klopt, DateTimeOffset op, string? toelichting, DateTimeOffset nu)
    {
        var overdracht = OverdrachtMet(overdrachtId, Overdracht.Voorgesteld, Overdracht.Aanvaard, Overdracht.GesprekGepland);
        EisZender(overdracht, actor, "vastleggen wat het gezin van de samenvatting vindt");
        if (op > nu)
            throw new Geweigerd("Dit moment ligt in de toekomst; leg het vast als het is gebeurd.");
        if (!klopt && string.IsNullOrWhiteSpace(toelichting))
            throw new Geweigerd("Leg vast wat er volgens het gezin niet klopt.");
        (overdracht.SamenvattingKlopt, overdracht.SamenvattingBesprokenOp, overdracht.SamenvattingToelichting) = (klopt, op, toelichting);
    }

    private void EisZender(Overdracht overdracht, Actor actor, string wat)
    {
        if (actor.Id != overdracht.VanId && actor.Id != HouderId)
            throw Geweigerd.GeenRecht($"Alleen wie de regie overdraagt kan {wat}.");
    }

    private Overdracht Gezocht(Guid id) => _overdrachten.SingleOrDefault(o => o.Id == id) ?? throw Geweigerd.NietGevonden("Deze overdracht");
}
