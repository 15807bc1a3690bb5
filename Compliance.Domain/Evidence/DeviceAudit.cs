using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Evidence;

/// <summary>
/// One device within a period: what it was when the period ended, how long it did its duty, and whether a retired one was still
/// there. Time before it was registered or after it was retired is not counted at all.
/// </summary>
/// <param name="Card">As the register had it at the end of the period; rests on the facts that made it so.</param>
/// <param name="Counted">The part of the period in which the device stood in the register.</param>
/// <param name="Stretches">What was held true of it, clipped to <paramref name="Counted"/>, without gaps.</param>
public sealed record DeviceAudit(
    Figure<DeviceCard> Card, DateTimeOffset RegisteredAt, Figure<DeviceEvent.Retired>? Retired, Period Counted,
    IReadOnlyList<Stretch> Stretches, Figure<AvailabilitySum> Availability)
{
    /// <summary>Its attributed availability; null under the first formula, which attributed nothing.</summary>
    public Figure<DeviceScore>? Score { get; init; }

    internal IReadOnlyList<Held<MandatedHours>> Hours { get; init; } = [];

    public Guid DeviceId => Card.Value.DeviceId;
    public DeviceSpec Spec => Card.Value.Spec;

    internal IEnumerable<Guid> RestsOn => [.. Card.RestsOn, .. Retired?.RestsOn ?? [], .. Availability.RestsOn, .. Score?.RestsOn ?? []];

    internal DeviceLine Line => new(DeviceId, Counted, Stretches, Hours);

    /// <summary>Null when the device was not in the register at any time of the period.</summary>
    internal static DeviceAudit? Of(IReadOnlyList<Told> facts, Period period)
    {
        if (facts is not [{ Fact: DeviceEvent.Registered registered } first, ..]) return null;
        var retired = facts.Where(f => f.Fact is DeviceEvent.Retired { At: var at } && at < period.To)
            .Select(f => new Figure<DeviceEvent.Retired>((DeviceEvent.Retired)f.Fact, [f.Id])).FirstOrDefault();
        var counted = period.Clip(first.At, retired?.Value.At);
        if (counted.Length <= TimeSpan.Zero) return null;

        var line = facts.Aggregate((DeviceTimeline?)null, (line, f) => DeviceTimeline.Extend(line, f.Fact, f.Recorded))!;
        Stretch[] stretches =
        [
            .. line.Stretches.Where(s => counted.Touches(s.From, s.Until)).Select(s => (s, within: counted.Clip(s.From, s.Until)))
                .Select(x => x.s with { From = x.within.From, Until = x.within.To }),
        ];
        return new(
            CardOf([.. facts.Where(f => f.At < period.To && f.Fact is not DeviceEvent.Retired)], registered.DeviceId),
            first.At, retired, counted, stretches,
            new(line.Sum(counted.From, counted.To), [first.Id, .. stretches.SelectMany(s => s.AnswerEventId is { } answer ? (Guid[])[s.EventId, answer] : [s.EventId]), .. retired?.RestsOn ?? []]))
        {
            Hours = HoursOf([.. facts.Where(f => f.Fact is DeviceEvent.HoursMandated && f.At < period.To)], period),
        };
    }

    static IReadOnlyList<Held<MandatedHours>> HoursOf(IReadOnlyList<Told> facts, Period period) =>
    [
        .. facts.Select((f, i) => new Held<MandatedHours>(
                ((DeviceEvent.HoursMandated)f.Fact).Hours, f.At, i + 1 < facts.Count ? facts[i + 1].At : null, [f.Id]))
            .Where(held => period.Touches(held.From, held.Until)),
    ];

    /// <summary>The card rests on the registration and on the last fact of each kind that changed what is printed of it.</summary>
    static Figure<DeviceCard> CardOf(IReadOnlyList<Told> facts, Guid device)
    {
        IEnumerable<Told?> made =
        [
            facts[0],
            facts.LastOrDefault(f => f.Fact is DeviceEvent.FeedChanged),
            facts.LastOrDefault(f => f.Fact is DeviceEvent.Admitted),
            facts.LastOrDefault(f => f.Fact is DeviceEvent.PanelTested { Passed: true }),
            facts.LastOrDefault(f => f.Fact is DeviceEvent.Serviced),
        ];
        Told[] rest = [.. made.OfType<Told>().OrderBy(f => f.Recorded.Revision)];
        return new(DeviceCard.View.Build(rest.Select(f => f.Recorded))[device], [.. rest.Select(f => f.Id)]);
    }
}

/// <summary>The attributed availability of one device.</summary>
/// <param name="Hours">Mandated when the period ended.</param>
/// <param name="Mandated">Over the hours in which it owed its duty: the figure that counts.</param>
/// <param name="Open">The same over the opening hours alone.</param>
public sealed record DeviceScore(MandatedHours Hours, AvailabilityScore Mandated, AvailabilityScore Open, IReadOnlyList<Piece> Pieces);
