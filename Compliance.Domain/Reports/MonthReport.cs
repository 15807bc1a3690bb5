using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Reports;

/// <summary>Facts about the report of one venue for one month.</summary>
public abstract record MonthReportEvent(Guid ReportId, Guid VenueId)
{
    /// <param name="Month">Its first day.</param>
    /// <param name="Formula">The version of the formula of availability it is computed by.</param>
    /// <param name="At">What was recorded later is not in it: printed again, it is the same report.</param>
    [EventName("report.made.v1")]
    public sealed record Made(Guid ReportId, Guid VenueId, DateOnly Month, string Formula, DateTimeOffset At) : MonthReportEvent(ReportId, VenueId);
}

public abstract record MonthReportCommand
{
    public sealed record Make(Guid VenueId, DateOnly Month, DateTimeOffset At) : MonthReportCommand;
}

/// <summary>The report of a month is made once, when the month is over by the venue's clocks.</summary>
public abstract record MonthReport
{
    public sealed record Unmade : MonthReport;
    public sealed record Standing(MonthReportEvent.Made Card) : MonthReport;

    public static readonly Decider<MonthReport, MonthReportCommand, MonthReportEvent> Decider = new("report", new Unmade(), Decide, Evolve);

    /// <summary>A venue has one report a month; it is found by both.</summary>
    public static Guid IdOf(Guid venueId, DateOnly month) => EventIds.From(venueId, string.Create(CultureInfo.InvariantCulture, $"report/{month:yyyy-MM}"));

    public static Period PeriodOf(DateOnly month) => Period.Days(month, month.AddMonths(1).AddDays(-1));

    /// <summary>The months a venue has no report of yet, the oldest first: those after its last report; of a venue without any, all since it came.</summary>
    /// <param name="registered">The month in which the venue came; nothing is reported of the time before.</param>
    public static IEnumerable<DateOnly> Missing(DateOnly registered, DateOnly? last, DateTimeOffset now)
    {
        var over = VenueZone.Month(now).AddMonths(-1);
        var first = last?.AddMonths(1) ?? registered;
        for (var month = first < registered ? registered : first; month <= over; month = month.AddMonths(1)) yield return month;
    }

    static Decision<MonthReportEvent> Decide(MonthReport state, MonthReportCommand command) => (state, command) switch
    {
        (Unmade, MonthReportCommand.Make(var venue, var month, var at)) => PeriodOf(month).To > at
            ? [] : [new MonthReportEvent.Made(IdOf(venue, month), venue, month, AvailabilityFormula.Current, at)],
        (Standing, MonthReportCommand.Make) => [],
        _ => throw new UnreachableException(),
    };

    static MonthReport Evolve(MonthReport state, MonthReportEvent fact) => fact is MonthReportEvent.Made made ? new Standing(made) : state;
}

/// <summary>One line of a venue's monthly reports, the newest first.</summary>
public sealed record MonthReportRow(Guid ReportId, Guid VenueId, DateOnly Month, DateTimeOffset At)
{
    public static readonly View<MonthReportRow> View = new(
        "month-report-list", 1, fact => (fact as MonthReportEvent)?.ReportId,
        (row, fact, _) => fact is MonthReportEvent.Made f ? new(f.ReportId, f.VenueId, f.Month, f.At) : row,
        row => row.VenueId, row => ViewOrder.NewestFirst(VenueZone.Midnight(row.Month)));
}
