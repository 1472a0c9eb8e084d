using System.Text.Json;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Regie;

namespace NetwerkRegie.Regie;

/// <summary>Laat anderen weten dat een melding bij Veilig Thuis is beoordeeld. Over andere meldingen valt hier niets te vertellen.</summary>
internal sealed class BeoordelingMelden : Stap
{
    /// <summary>De route van een melding bij Veilig Thuis.</summary>
    public const string VeiligThuis = "veilig-thuis";

    public override string Titel => "Beoordeling melden";

    public override string Uitleg => "Laat weten dat een melding bij Veilig Thuis is beoordeeld; bij een andere melding gebeurt er niets.";

    public override IReadOnlyList<Veld> Invoer { get; } = [new("melding", "Melding", "De melding die is beoordeeld.", VeldSoort.Object) { IsVerplicht = true }];

    public override IReadOnlyList<string> Uitgangen => [Klaar];

    public override Task<Uitkomst> Begin(StapContext stap)
    {
        var melding = stap.Invoer["melding"].Deserialize<MeldingGerouteerd>(JsonSerializerOptions.Web)!;
        if (melding.Route == VeiligThuis)
            stap.Burst.Meld(new MeldingBeoordeeld(stap.Burst.CasusId, melding.MeldingId));
        return Task.FromResult(Uitkomst.Klaar);
    }
}
