using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The ledger of police access to a venue's cameras as a document in one language.</summary>
public sealed record LedgerSheet(AccessLedger Ledger, DateTimeOffset IssuedAt, People People) : IPaper
{
    readonly Dictionary<Guid, int> _numbers = Ledger.Facts.Select((fact, i) => (fact.EventId, Number: i + 1)).ToDictionary(x => x.EventId, x => x.Number);

    public Words Words => People.Words;

    public Guid DocumentId { get; } = EventIds.From(Ledger.VenueId, $"access-ledger/{Ledger.Period.From.UtcDateTime:O}/{Ledger.Period.To.UtcDateTime:O}/{Ledger.Facts.Max(f => f.Position)}");

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

    public int NumberOf(Guid eventId) => _numbers.GetValueOrDefault(eventId);

    /// <summary>Who decided, and what he was on that day.</summary>
    public string Who(AccessAct act) => $"{People.Who(act.Actor, act.At)}, {(act.Post is { } post ? Words[post] : Words["Led_Official"])}";
}
