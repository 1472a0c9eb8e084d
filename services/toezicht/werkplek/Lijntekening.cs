using System.Globalization;

namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>Een deel van een strook.</summary>
/// <param name="Kleur">De naam van de kleur in de opmaak; de tekst zegt hetzelfde.</param>
public sealed record Vak(DateTimeOffset Vanaf, DateTimeOffset? Tot, string Tekst, string Kleur, string Grond);

public sealed record Strook(string Naam, IReadOnlyList<Vak> Vakken);

/// <summary>De lijnen van een casus onder elkaar op een tijdas. Wat nog komt staat er niet op: een lijn loopt tot nu.</summary>
/// <param name="Nu">Tot waar een lopende periode loopt; leeg als de casus toen al was afgesloten.</param>
public sealed record Lijntekening(DateTimeOffset Begin, DateTimeOffset Eind, DateTimeOffset? Nu, string NuHeet, IReadOnlyList<Strook> Stroken)
{
    private const int MeesteMerken = 6;

    // In order, until few enough fit.
    private static readonly TimeSpan[] Stappen = [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromDays(14)];
    private static readonly int[] Maanden = [1, 3, 6, 12, 60];

    public static Lijntekening Van(CasusBeeld casus, IReadOnlyDictionary<string, IReadOnlyList<Periode>> lijnen, Mensen mensen, DateTimeOffset? bekendOp, DateTimeOffset nu)
    {
        var stroken = new List<Strook> { new("Regie", [.. Van("regie").Select(p => new Vak(p.Vanaf, p.Tot, Houder(p), p.Merk ?? "regie", p.Grond))]) };
        // Of an offer only the last state is kept, so it has no place in what was known before.
        if (bekendOp is null && casus.Overdrachten.Count > 0)
            stroken.Add(new("Overdracht", [.. casus.Overdrachten.Select(o => new Vak(o.VoorgesteldOp, Eindigt(o), $"naar {mensen[o.NaarId]}: {Woorden.Zeg(o.Status)}", "voorstel", o.Reden))]));
        stroken.Add(new("Schaal", [.. Van("schaal").Select(p => Waarde(p, p.Waarde is "lokaal" ? "licht" : p.Waarde is "regie-over" or "maatregel" ? "zwaar" : "midden"))]));
        foreach (var (lijn, naam) in new[] { ("kader", "Kader"), ("bevoegdheid", "Bevoegdheid"), ("plaatsing", "Woont") })
            foreach (var kind in Van(lijn).GroupBy(p => p.KindRef))
                if (lijn != "plaatsing" || kind.Any(p => p.Waarde != "thuis"))
                    stroken.Add(new($"{naam} van {kind.Key}", [.. kind.Select(p => Waarde(p, p.Waarde is "vrijwillig" or "thuis" ? "licht" : p.Waarde is "geen" ? "leeg" : p.Waarde is "drang" ? "midden" : "zwaar"))]));
        foreach (var (lijn, naam) in new[] { ("vast-gezicht", "Vast gezicht"), ("procesregie", "Procesregie") })
            if (Van(lijn) is { Count: > 0 } baan)
                stroken.Add(new(naam, [.. baan.Select(p => new Vak(p.Vanaf, p.Tot, Houder(p), "baan", p.Grond))]));

        var begin = stroken.SelectMany(s => s.Vakken).Select(v => v.Vanaf).Append(casus.GeopendOp).Min();
        var toen = bekendOp < nu ? bekendOp.Value : nu;
        var laatst = casus.AfgeslotenOp < toen ? casus.AfgeslotenOp.Value : toen;
        var eind = laatst > begin.AddMinutes(1) ? laatst : begin.AddMinutes(1);
        return new(begin, eind + (eind - begin) * 0.03, casus.AfgeslotenOp < toen ? null : toen, bekendOp < nu ? "toen" : "nu", stroken);

        IReadOnlyList<Periode> Van(string lijn) => lijnen.GetValueOrDefault(lijn, []);

        string Houder(Periode p) => mensen[Guid.Parse(p.Houder!)] + (p.NamensId is { } namens ? $", neemt waar namens {mensen[namens]}" : p.Merk is { } merk ? $", {Woorden.Zeg(merk)}" : "");

        static Vak Waarde(Periode p, string kleur) => new(p.Vanaf, p.Tot, Woorden.Zeg(p.Waarde!), kleur, p.Grond);

        // Until there was nothing left to wait for; of an offer that came to nothing only its beginning is known.
        DateTimeOffset? Eindigt(Overdracht o) => o.IsLopend ? null : o.GesprekBeeindigdOp ?? o.AntwoordVoor ?? o.VoorgesteldOp;
    }

    /// <summary>De plaats op de as, in procenten.</summary>
    public string Plaats(DateTimeOffset moment) => Procent(Deel(moment));

    public string Breedte(Vak vak) => Procent(Math.Max(Deel(vak.Tot ?? Nu ?? Eind) - Deel(vak.Vanaf), 0.004));

    /// <summary>Waar de as begint, en daarna dagen, uren of maanden om haar aan te lezen.</summary>
    public IEnumerable<(DateTimeOffset Op, string Tekst)> Merken() => Maten().Where(m => m.Op > Begin && Deel(m.Op) is > 0.15 and < 0.9).Prepend((Begin, $"{Wanneer.KorteDag(Wanneer.Hier(Begin))} {Wanneer.Hier(Begin).Year}"));

    private IEnumerable<(DateTimeOffset Op, string Tekst)> Maten()
    {
        foreach (var stap in Stappen)
            if ((Eind - Begin) / stap <= MeesteMerken)
                return Tel(Dag(Begin), m => m + stap, stap < TimeSpan.FromDays(1) ? m => $"{m:HH:mm}" : Wanneer.KorteDag);
        var maanden = Maanden.First(m => (Eind - Begin).TotalDays / (30 * m) <= MeesteMerken || m == Maanden[^1]);
        return Tel(Dag(Begin).AddDays(1 - Wanneer.Hier(Begin).Day), m => Dag(m.AddMonths(maanden).AddHours(2)), m => m.Month == 1 || maanden >= 12 ? $"{Wanneer.KorteDag(m)} {m.Year}" : Wanneer.KorteDag(m));

        static DateTimeOffset Dag(DateTimeOffset moment) => Wanneer.Hier(moment) is var hier ? hier - hier.TimeOfDay : default;

        IEnumerable<(DateTimeOffset, string)> Tel(DateTimeOffset eerste, Func<DateTimeOffset, DateTimeOffset> volgende, Func<DateTimeOffset, string> tekst)
        {
            for (var moment = eerste; moment < Eind; moment = volgende(moment))
                yield return (moment, tekst(Wanneer.Hier(moment)));
        }
    }

    private double Deel(DateTimeOffset moment) => Math.Clamp((moment - Begin) / (Eind - Begin), 0, 1);

    private static string Procent(double deel) => string.Create(CultureInfo.InvariantCulture, $"{deel * 100:0.##}%");
}
