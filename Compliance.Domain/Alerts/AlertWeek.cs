using System.Globalization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Alerts;

/// <summary>
/// How often alerts of one kind, by one version of a model at one threshold, were right at one venue in one week, as far as persons said
/// (requirement D 14 of this project's reading of the law: told per venue and week).
/// </summary>
/// <param name="ModelSha256">Null where no model judged.</param>
/// <param name="Week">Its Monday, by the venues' clocks.</param>
/// <param name="Rejected">How many were rejected, by reason.</param>
public sealed record AlertWeek(
    Guid VenueId, AlertKind Kind, string? Model, string? ModelSha256, double? Threshold, DateOnly Week, int Raised, int Confirmed, IReadOnlyDictionary<RejectReason, int> Rejected)
{
    public static readonly View<AlertWeek> View = new(
        "alert-weeks", 1, fact => fact switch
        {
            AlertEvent.Raised f => KeyOf(f.VenueId, f.Kind, f.Seen?.Model.Sha256, f.Seen?.Model.Threshold, f.SeenFrom),
            AlertEvent.Judged f => KeyOf(f.VenueId, f.Kind, f.ModelSha256, f.Threshold, f.SeenFrom),
            _ => null,
        }, Apply, row => row.VenueId, row => $"{ViewOrder.NewestFirst(VenueZone.Midnight(row.Week))}{row.VenueId:N}{row.Kind}");

    public int RejectedCount => Rejected.Values.Sum();

    static DateOnly WeekOf(DateTimeOffset at) => VenueZone.Day(at) is var day ? day.AddDays(-(((int)day.DayOfWeek + 6) % 7)) : default;

    static Guid KeyOf(Guid venue, AlertKind kind, string? model, double? threshold, DateTimeOffset at) =>
        EventIds.From(venue, string.Create(CultureInfo.InvariantCulture, $"alert-week/{kind}/{model}/{threshold}/{WeekOf(at):yyyyMMdd}"));

    static AlertWeek? Apply(AlertWeek? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (_, AlertEvent.Raised f) => (row ?? new(f.VenueId, f.Kind, f.Seen?.Model.Name, f.Seen?.Model.Sha256, f.Seen?.Model.Threshold, WeekOf(f.SeenFrom), 0, 0, new Dictionary<RejectReason, int>())) with { Raised = (row?.Raised ?? 0) + 1 },
        ({ }, AlertEvent.Judged f) => row.Count(f.Was, -1).Count(f.Now, 1),
        _ => row,
    };

    AlertWeek Count(AlertJudgement? said, int by) => said switch
    {
        null => this,
        { IsConfirmed: true } => this with { Confirmed = Confirmed + by },
        { Reason: var reason } => this with { Rejected = new SortedDictionary<RejectReason, int>(Rejected.ToDictionary()) { [reason ?? RejectReason.Other] = Rejected.GetValueOrDefault(reason ?? RejectReason.Other) + by } },
    };
}
