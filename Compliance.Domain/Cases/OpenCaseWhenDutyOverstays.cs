using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Cases;

/// <summary>
/// What the record makes of a term that passed unmet: whom it names, under which article and route, whether it is a repeat, and the
/// amount the sanction table gives. Pure, and no decision: that is an officer's.
/// </summary>
public static class OpenCaseWhenDutyOverstays
{
    /// <summary>KoAP article 62: within two months of the offence.</summary>
    static readonly CalendarSpan Limitation = new(2, 0, 0, TimeSpan.Zero);

    /// <summary>A repeat is one within a year of the penalty before.</summary>
    static readonly CalendarSpan Year = new(12, 0, 0, TimeSpan.Zero);

    /// <summary>The case that a term passed unmet leads to, by the fact that says so.</summary>
    public static Guid CaseOf(Guid overstayedBy) => EventIds.From(overstayedBy, "case");

    /// <param name="people">Everybody who ever held a post at the venue, with their terms.</param>
    /// <param name="others">The other cases of the venue.</param>
    /// <param name="mci">The indices known now.</param>
    public static CaseCommand.Open Of(AwaitedCase awaited, IReadOnlyList<Appointment> people, IReadOnlyList<CaseRow> others, MciLine mci, DateTimeOffset now)
    {
        var (offence, id) = (awaited.DueAt, CaseOf(awaited.OverstayedBy));
        var charge = ChargeOf(awaited, [.. others.Where(other => other.CaseId != id)]);
        var size = others.Where(other => other.Charge.Size is not null).MaxBy(other => other.OpenedAt)?.Charge.Size;
        return new(
            id, awaited.VenueId, awaited.DutyId, awaited.Matter, size is { } known ? charge.For(known, offence, mci) : charge,
            Responsible.On(VenueZone.Day(offence), people), offence, Limitation.After(offence, []), now);
    }

    /// <summary>What the table says of a case that is there, by the other cases as they stand now; the size of the business is the case's own.</summary>
    public static Charge Anew(CaseRow row, DutySource source, IReadOnlyList<CaseRow> others) =>
        ChargeOf(new(row.DutyId, row.VenueId, source, row.Matter, row.OffenceAt, Guid.Empty), [.. others.Where(other => other.CaseId != row.CaseId)]);

    static Charge ChargeOf(AwaitedCase awaited, IReadOnlyList<CaseRow> others)
    {
        if (awaited.Matter.Wording == Wording.Recommended) return new(Route.Recommendation, null, null, Stage.First, null, null, null, null);
        var first = awaited.Source is DutySource.OfFinding ? Sanctions.OrderNotExecuted : awaited.Matter.Sanction;
        if (first is null || Sanctions.Of(first, awaited.DueAt) is not { } row) return new(Route.Prescription, null, null, Stage.First, null, null, null, null);

        var earlier = others.Where(other => IsRepeatedBy(other, awaited.DueAt, row.Article)).MaxBy(other => other.PenalisedAt);
        var stage = earlier is null ? Stage.First : Stage.Repeat;
        var sanction = stage == Stage.Repeat ? Sanctions.Of(first + "r", awaited.DueAt) ?? row : row;
        return new(RouteOf(sanction, stage), sanction.Id, sanction.Article, stage, earlier?.CaseId, null, sanction.Confidence, null);
    }

    static bool IsRepeatedBy(CaseRow other, DateTimeOffset offence, string article) =>
        other is { PenalisedAt: { } penalised, State: not CaseState.Cancelled } && ArticleIn(other.Charge.Article) == ArticleIn(article)
        && penalised <= offence && offence <= Year.After(penalised, []);

    /// <summary>Parts of one article repeat each other: 132(1), then 132(2). A part that is an offence of its own (462(3)) has no other.</summary>
    static string? ArticleIn(string? article) => article is null or "462(3)" ? article : article.Split('(')[0];

    static Route RouteOf(Sanction sanction, Stage stage) => sanction switch
    {
        { WarningFirst: true } when stage == Stage.First => Route.Warning,
        { Article: "410" } => Route.Article410,
        { Article: "149" } => Route.Article149,
        { Article: "462(3)" } => Route.Article462Part3,
        _ => Route.OtherArticle,
    };
}
