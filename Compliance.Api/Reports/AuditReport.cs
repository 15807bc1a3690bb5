using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The audit of a venue as one document in one language.</summary>
public sealed record AuditReport(VenueAudit Audit, DateTimeOffset IssuedAt, People People) : IPaper
{
    readonly Dictionary<Guid, int> _numbers =
        Audit.Facts.Select((fact, i) => (fact.EventId, Number: i + 1)).ToDictionary(x => x.EventId, x => x.Number);

    /// <summary>The same venue, period, position and formula are the same document in whichever language; an oversight copy leaves the cameras' addresses out.</summary>
    public Guid DocumentId { get; } =
        EventIds.From(Audit.VenueId, $"audit/{Audit.Period.From.UtcDateTime:O}/{Audit.Period.To.UtcDateTime:O}/{Audit.Position}{(Audit.Formula == AvailabilityFormula.First ? "" : $"/{Audit.Formula}")}");

    /// <summary>What is attached: the facts and every figure computed from them.</summary>
    public FactsFile Attached => new(DocumentId, Audit.Formula, Audit.Facts)
    {
        VenueId = Audit.VenueId, Period = Audit.Period, Position = Audit.Position, Figures = Figures.Of(Audit),
    };

    public Words Words => People.Words;

    public IReadOnlyList<Words> Languages => [Words];

    public string FileName => FileNames.Of("audit", this, Details, Audit.Period);

    Task<string> IPaper.Render(PageHtml pages) => pages.Render<AuditPage>(nameof(AuditPage.Report), this);

    /// <summary>What the venue was called when the period ended.</summary>
    public VenueDetails Details => Audit.Papers.Details[^1].Value;

    public string VenueName => Words.Of(Details.NameKk, Details.NameRu);

    /// <summary>Who held the post, as he was called when he last held it within the period.</summary>
    public string NameOf(Appointment held) => People.Name(held.SubjectId, held.Until is { } until && VenueZone.Midnight(until.AddDays(1)) < Audit.Period.To ? VenueZone.Midnight(until.AddDays(1)) : Audit.Period.To);

    public int NumberOf(Guid eventId) => _numbers[eventId];

    /// <summary>Its place in the list of outages.</summary>
    public int NumberOfOutage(Guid outage) => Audit.Outages.Select(line => line.Row.OutageId).ToList().IndexOf(outage) + 1;

    /// <summary>The numbers of these facts in the appendix, neighbours joined: 4–9, 12.</summary>
    public IReadOnlyList<(int First, int Last)> Runs(IEnumerable<Guid> eventIds)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var number in eventIds.Select(NumberOf).Distinct().Order())
        {
            if (runs is [.., var (first, last)] && last + 1 == number) runs[^1] = (first, number);
            else runs.Add((number, number));
        }

        return runs;
    }
}
