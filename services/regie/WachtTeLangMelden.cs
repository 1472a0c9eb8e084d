using NetwerkRegie.Contracts.Regie;

namespace NetwerkRegie.Regie;

/// <summary>Laat de bewaking, de regisseur en wie kan vlottrekken weten dat het wachten te lang duurt.</summary>
internal sealed class WachtTeLangMelden : Stap
{
    public override string Titel => "Wacht te lang melden";

    public override string Uitleg => "Laat de bewaking, de regisseur en wie kan vlottrekken weten dat het wachten te lang duurt.";

    public override IReadOnlyList<string> Uitgangen => [Klaar];

    public override Task<Uitkomst> Begin(StapContext stap)
    {
        if (stap.Burst.IsNieuwTeLang(stap.Ref.StroomId))
            stap.Burst.Meld(new WachtTeLang(stap.Burst.CasusId, stap.Ref.StroomId, stap.Ref.Wachtpunt));
        return Task.FromResult(Uitkomst.Klaar);
    }
}
