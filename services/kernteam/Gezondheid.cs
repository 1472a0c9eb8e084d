using NetwerkRegie.Contracts;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Kernteam;

/// <summary>Waarop het kernteam wacht, in zinnen: op wie, sinds wanneer, tot wanneer, en wie kan vlottrekken.</summary>
internal static class Gezondheid
{
    public const string Loopt = "LOOPT";
    public const string Wacht = "WACHT";
    public const string WachtTeLang = "WACHT_TE_LANG";

    /// <param name="acties">De acties die nog niet zijn afgerond.</param>
    /// <param name="stappen">De stappen tegen de koers die op een besluit wachten.</param>
    public static (string Stand, IReadOnlyList<string> WachtOp) Van(
        Samenstelling samenstelling, IReadOnlyCollection<Stoel> stoelen, IReadOnlyCollection<Actie> acties, IReadOnlyCollection<Koersstap> stappen, Plan? plan, RitmeStand? ritme, Regio regio, Termijnboek termijnen, DateTimeOffset nu)
    {
        var regisseur = regio.Professionals.FirstOrDefault(p => p.Id == samenstelling.Leden[0].LidId)?.Naam.Split(' ')[0] ?? "de regisseur";
        var wachten = acties.Where(a => a.UiterlijkOp <= nu || !IsAanTafel(a)).Select(a => new Wachten(a.Wie ?? a.WieRef, a.AfgesprokenOp, a.UiterlijkOp, a.Vlottrekker))
            .Concat(stoelen.Where(s => s.WachtOpRugdekking).Select(s => new Wachten($"rugdekking voor de stoel {s.Naam}", s.Sinds, termijnen["rugdekking"].Verloopt(s.Sinds), null)))
            .Concat(plan?.HerijkenVoor <= nu ? [new Wachten("de herijking van het plan", plan.VastgelegdOp, plan.HerijkenVoor.Value, null)] : [])
            .Concat(ritme?.GemistSinds is { } gemist ? [new Wachten("een bijeenkomst van het kernteam", samenstelling.Team.RitmeVanaf!.Value, gemist, null)] : [])
            .Concat(stappen.Where(s => s.BesluitVoor is not null).Select(s => new Wachten("een besluit van het kernteam over een stap tegen de koers", s.AcuutOp!.Value, s.BesluitVoor!.Value, null)))
            .OrderBy(w => w.Tot).ToList();
        return (wachten.Count == 0 ? Loopt : wachten.Any(w => w.Tot <= nu) ? WachtTeLang : Wacht, [.. wachten.Select(w => w.Zin(regisseur))]);

        // Who sits at the table is at work; the team waits for who does not.
        bool IsAanTafel(Actie actie) => samenstelling.Leden.Any(lid => lid.LidId.ToString() == actie.WieRef || lid.Stoel == actie.WieRef);
    }

    /// <param name="Tot">Het eerste moment waarop het te laat is.</param>
    private sealed record Wachten(string Op, DateTimeOffset Sinds, DateTimeOffset Tot, string? Vlottrekker)
    {
        public string Zin(string regisseur) => $"Wacht sinds {Dag(Sinds)} op {Op}; verwacht uiterlijk {Dag(Tot.AddTicks(-1))}; {Vlottrekker ?? $"{regisseur} of teamleider"} kan dit vlottrekken.";
    }

    private static string Dag(DateTimeOffset moment)
    {
        var dag = NederlandseKalender.DatumVan(moment);
        return $"{dag.Day} {NederlandseKalender.Maanden[dag.Month - 1]}";
    }
}
