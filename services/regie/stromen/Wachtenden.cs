using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NetwerkRegie.Contracts;

namespace NetwerkRegie.Regie;

/// <summary>
/// Finds the wachtpunt that an answer or a clock is for; its flow comes along in the same round trip and is known from then on. Nearly
/// every burst begins with this, so the question is translated once for each kind of database.
/// </summary>
internal static class Wachtenden
{
    private static readonly ConditionalWeakTable<IModel, Vragen> PerModel = [];

    public static async Task<Wachtpunt?> VindAsync(RegieDbContext db, StapRef stap, CancellationToken ct) => (await Van(db).OpPlaats(db, stap.StroomId, stap.Wachtpunt, ct))?.Wachtpunt;

    public static async Task<Wachtpunt?> VindAsync(RegieDbContext db, Guid id, CancellationToken ct) => (await Van(db).OpNummer(db, id, ct))?.Wachtpunt;

    private static Vragen Van(RegieDbContext db) => PerModel.GetValue(db.Model, _ => new Vragen());

    private sealed class Vragen
    {
        public Func<RegieDbContext, Guid, string, CancellationToken, Task<Wachtend?>> OpPlaats { get; } = EF.CompileAsyncQuery((RegieDbContext db, Guid stroomId, string bookmark, CancellationToken _) =>
            (from w in db.Wachtpunten
             join s in db.Stromen on w.StroomId equals s.Id
             where w.StroomId == stroomId && w.Bookmark == bookmark
             select new Wachtend(w, s)).SingleOrDefault());

        public Func<RegieDbContext, Guid, CancellationToken, Task<Wachtend?>> OpNummer { get; } = EF.CompileAsyncQuery((RegieDbContext db, Guid id, CancellationToken _) =>
            (from w in db.Wachtpunten
             join s in db.Stromen on w.StroomId equals s.Id
             where w.Id == id
             select new Wachtend(w, s)).SingleOrDefault());
    }

    private sealed record Wachtend(Wachtpunt Wachtpunt, Stroom Stroom);
}
