using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Reports;

/// <summary>One order by itself as a document in one language.</summary>
/// <param name="At">As it stood then.</param>
/// <param name="Book">The rulebook in the version it was ordered by; null where it is not at hand.</param>
/// <param name="Reason">What was written to ask for more time; null where nothing was, or its author was forgotten.</param>
public sealed record PrescriptionSheet(Prescription Order, DateTimeOffset At, Rulebook? Book, string? Reason, People People) : IPaper
{
    public Words Words => People.Words;

    public DateTimeOffset IssuedAt => At;

    /// <summary>The same order at the same place in its history is the same document, in whichever language.</summary>
    public Guid DocumentId { get; } = EventIds.From(Order.Order.DutyId, $"prescription/{Order.Facts.Max(f => f.Position)}{(Order.Order.Still is null ? "" : $"/{At.UtcDateTime:O}")}");

    public FactsFile Attached => new(DocumentId, Prescription.Formula, Order.Facts)
    {
        VenueId = Order.Order.VenueId, About = Order.Order.DutyId, Period = new(Order.Order.Clock.Detected, At), Position = Order.Facts.Max(f => f.Position), Figures = Figures.Of(Order),
    };

    public IReadOnlyList<Words> Languages => [Words];

    public string FileName => FileNames.Of("prescription", this, Order.Venue, IssuedAt);

    Task<string> IPaper.Render(PageHtml pages) => pages.Render<PrescriptionPage>(nameof(PrescriptionPage.Sheet), this);

    public string VenueName => Words.Of(Order.Venue.NameKk, Order.Venue.NameRu);

    Rule? Rule => Book?.Rules.FirstOrDefault(rule => rule.Id == Order.Order.Matter.RuleId);

    public string Demanded => Rule?.Requirement.In(Words.Language) ?? Order.Order.Matter.RuleId ?? Words["None"];

    /// <summary>Where the rule was read.</summary>
    public IReadOnlyList<Source> Clauses => [.. (Rule?.Sources ?? []).Select(id => Book!.Sources.GetValueOrDefault(id)).OfType<Source>()];
}
