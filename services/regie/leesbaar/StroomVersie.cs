using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Een versie van een stroom, gepubliceerd of nog een ontwerp.</summary>
/// <param name="Op">Wanneer zij is gepubliceerd, of voor het laatst bewaard.</param>
internal sealed record StroomVersie(string Id, int Nummer, bool IsOntwerp, bool IsActueel, DateTimeOffset Op, string Inhoud)
{
    public string Naam => Tekening.Tekst(Tekening.Lees(Inhoud), "name") is { Length: > 0 } naam ? naam : Id;

    /// <inheritdoc cref="StroomTekst.Kenmerk"/>
    public string Kenmerk => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Inhoud)))[..16];

    public static StroomVersie Van(Definitie d) => new(d.DefinitieId, d.Versie, IsOntwerp: false, d.IsActueel, d.GepubliceerdOp, d.Inhoud);

    public static StroomVersie Van(Ontwerp o) => new(o.DefinitieId, o.Versie, IsOntwerp: true, IsActueel: false, o.BewaardOp, o.Inhoud);

    /// <param name="nummer">Leeg voor de nieuwste, ook als die nog niet is gepubliceerd.</param>
    /// <exception cref="Geweigerd">Deze versie is er niet.</exception>
    public static async Task<StroomVersie> LeesAsync(RegieDbContext db, string id, int? nummer, CancellationToken ct)
    {
        var gepubliceerd = await db.Definities.AsNoTracking().Where(d => d.DefinitieId == id && d.VerwijderdOp == null && (nummer == null || d.Versie == nummer)).OrderByDescending(d => d.Versie).FirstOrDefaultAsync(ct);
        var ontwerp = await db.Ontwerpen.AsNoTracking().Where(o => o.DefinitieId == id && (nummer == null || o.Versie == nummer)).OrderByDescending(o => o.Versie).FirstOrDefaultAsync(ct);
        return gepubliceerd is not null && !(gepubliceerd.Versie < ontwerp?.Versie) ? Van(gepubliceerd)
            : ontwerp is not null ? Van(ontwerp)
            : throw Geweigerd.NietGevonden("Deze versie van de stroom");
    }
}
