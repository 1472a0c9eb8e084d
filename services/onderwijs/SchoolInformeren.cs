using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Contracts;
using NetwerkRegie.Contracts.Onderwijs;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Messaging;

namespace NetwerkRegie.Onderwijs;

/// <summary>Legt voor elke school die het mag weten klaar wie haar contactpersoon is, en niets anders.</summary>
public sealed class SchoolInformerenConsumer(OnderwijsDbContext db, ConsumerTools tools, Regio regio) : OnceConsumer<SchoolInformeren>(db, tools)
{
    protected override async Task Handle(SchoolInformeren message, CancellationToken ct)
    {
        var scholen = await db.ScholenWaarmeeGedeeld(regio, Now).AsNoTracking().Where(s => s.CasusId == message.Stap.CasusId && s.MagContactpersoon).ToListAsync(ct);
        if (scholen.Count == 0)
        {
            db.Publish(new GeenSchoolBetrokken(message.Stap), Now);
            return;
        }

        foreach (var school in scholen)
            db.Berichten.Add(new Bericht { Id = Guid.CreateVersion7(Now), BetrokkenSchoolId = school.Id, ContactpersoonId = message.ContactpersoonId, Op = Now });
        db.Publish(new BerichtBeschikbaar(message.Stap.CasusId, "school"), message.Stap.CasusId, Now);
        db.Publish(new SchoolGeinformeerd(message.Stap), Now);
    }
}

/// <summary>Wie de contactpersoon van de school is, en zo nodig wat er met haar verzuimmelding gebeurt. Waarom, staat er niet in en is hier ook niet bekend.</summary>
public sealed class Bericht
{
    public required Guid Id { get; init; }
    public required Guid BetrokkenSchoolId { get; init; }
    public required Guid ContactpersoonId { get; init; }
    public required DateTimeOffset Op { get; init; }

    /// <summary>De verzuimmelding waarop dit een antwoord is.</summary>
    public Guid? VerzuimId { get; init; }
    public string? Antwoord { get; init; }
}
