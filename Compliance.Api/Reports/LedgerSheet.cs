using Compliance.Domain.Access;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>A fact as a leaf of the transparent log: its number, and its hash, which is signed with all others.</summary>
public sealed record LedgerLeaf(long Number, TreeHash Hash);

/// <summary>The ledger of police access to a venue's cameras as a document in one language.</summary>
public sealed record LedgerSheet(AccessLedger Ledger, DateTimeOffset IssuedAt, People People) : IPaper
{
    readonly Dictionary<Guid, int> _numbers = Ledger.Facts.Select((fact, i) => (fact.EventId, Number: i + 1)).ToDictionary(x => x.EventId, x => x.Number);

    public Words Words => People.Words;

    /// <summary>Who looked; null in a copy for a reader whom that is not told.</summary>
    public LedgerLooks? Looks { get; init; }

    /// <summary>Of the facts that sessions were opened by.</summary>
    public IReadOnlyDictionary<Guid, LedgerLeaf> Leaves { get; init; } = new Dictionary<Guid, LedgerLeaf>();

    // A look more, a piece of one more, or a seal that has ended, is another document.
    public Guid DocumentId => EventIds.From(Ledger.VenueId, $"access-ledger/{Ledger.Period.From.UtcDateTime:O}/{Ledger.Period.To.UtcDateTime:O}/{Ledger.Facts.Max(f => f.Position)}{(Looks is null ? "" : $"/{string.Join(',', Looks.Lines.Select(l => $"{l.SessionId:N}{l.Views.Count}.{l.Stills}.{(l.Why is null ? 0 : 1)}{l.ClosedAt?.UtcTicks}{l.FoundJustified}"))}")}");

    public FactsFile Attached => new(DocumentId, AccessLedger.Formula, Ledger.Facts)
    {
        VenueId = Ledger.VenueId, Period = Ledger.Period, Position = Ledger.Facts.Max(f => f.Position), Figures = Figures.Of(Ledger),
    };

    public IReadOnlyList<Words> Languages => [Words];

    public string FileName => FileNames.Of("access-ledger", this, Details, Ledger.Period);

    Task<string> IPaper.Render(PageHtml pages) => pages.Render<LedgerPage>(nameof(LedgerPage.Sheet), this);

    /// <summary>What the venue was called when the period ended.</summary>
    public VenueDetails Details => Ledger.Papers.Details[^1].Value;

    public string VenueName => Words.Of(Details.NameKk, Details.NameRu);

    /// <summary>A camera by its place; one that left the register before the period, by what it is.</summary>
    public string CameraOf(Guid device) => Ledger.Cameras.FirstOrDefault(c => c.Card.Value.DeviceId == device) is { Spec: var spec } ? Words.Of(spec.PlaceKk, spec.PlaceRu) : Words["Led_CameraGone"];

    /// <summary>Unit, purpose and case; or until when they are sealed.</summary>
    public string Why(SeenByPolice look) => look.Why is not { } why ? Words.Say("Led_Sealed", Words.Day(VenueZone.Day(look.SealedUntil)))
        : $"{why.Unit}, {Words[why.Purpose]}{(why.CaseNumber is { } number ? $", {Words.Say("Led_Case", number)}" : why.ForIncident ? $", {Words["Led_Incident"]}" : "")}";

    public int NumberOf(Guid eventId) => _numbers.GetValueOrDefault(eventId);

    /// <summary>Who decided, and what he was on that day.</summary>
    public string Who(AccessAct act) => $"{People.Who(act.Actor, act.At)}, {(act.Post is { } post ? Words[post] : Words["Led_Official"])}";
}
