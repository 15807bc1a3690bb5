using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Venues;

/// <summary>One storey as the venue's own people draw it: an outline or a picture, and where its devices are. Places are parts of its width and height, 0 to 1 from the top left corner.</summary>
/// <param name="Level">As people count storeys: 1 is the one at the street, -1 the first below it; there is no 0.</param>
/// <param name="Ratio">Its width divided by its height.</param>
/// <param name="Outline">Its outer wall, corner after corner.</param>
/// <param name="Sheet">SHA-256 (hexadecimal in small letters) of the picture under it; null for none.</param>
public sealed record Floor(int Level, double Ratio, IReadOnlyList<PlanPoint> Outline, string? Sheet, IReadOnlyList<PlanMark> Marks)
{
    public const double Widest = 5;
    public const int MostCorners = 64, MostMarks = 200, Deepest = -5, Highest = 40;

    internal static bool Same(Floor a, Floor b) => a with { Outline = b.Outline, Marks = b.Marks } == b && a.Outline.SequenceEqual(b.Outline) && a.Marks.SequenceEqual(b.Marks);

    /// <summary>A finger is no finer than a ten-thousandth of the sheet.</summary>
    internal Floor Rounded() => this with
    {
        Ratio = Math.Round(Ratio, 4), Outline = [.. Outline.Select(p => new PlanPoint(Math.Round(p.X, 4), Math.Round(p.Y, 4)))],
        Marks = [.. Marks.Select(m => m with { X = Math.Round(m.X, 4), Y = Math.Round(m.Y, 4), Direction = m.Direction is { } d ? Math.Round(d) % 360 : null, Angle = m.Angle is { } a ? Math.Round(a) : null })],
    };
}

public sealed record PlanPoint(double X, double Y);

/// <summary>Where a device of the register is on the sheet.</summary>
/// <param name="Direction">Where a camera looks, in degrees clockwise from the top of the sheet; null where nobody said, and for what is no camera.</param>
/// <param name="Angle">How wide it sees, in degrees.</param>
public sealed record PlanMark(Guid DeviceId, double X, double Y, double? Direction = null, double? Angle = null);

/// <summary>The plan of a venue as it stands; no floors where nobody drew one.</summary>
/// <param name="DrawnAt">When it was changed last.</param>
public sealed record PlanCard(Guid VenueId, IReadOnlyList<Floor> Floors, DateTimeOffset? DrawnAt)
{
    public static readonly View<PlanCard> View = new(
        "venue-plan", 1, fact => (fact as VenueEvent.PlanDrawn)?.VenueId,
        (card, fact, recorded) => fact is VenueEvent.PlanDrawn f ? new(f.VenueId, f.Floors, recorded.RecordedAt) : card, _ => null, card => card.VenueId.ToString("N"));
}

/// <summary>What a plan may look like, and what is decided when it is drawn.</summary>
static class PlanDrawing
{
    const int MostFloors = 10;

    /// <param name="now">The floors as they stand.</param>
    internal static Decision<VenueEvent> Draw(Guid venue, IReadOnlyList<Floor> now, VenueCommand.DrawPlan drawn)
    {
        if (FaultOf(drawn.Floors) is { } fault) return fault;
        if (drawn.Floors.SelectMany(f => f.Marks).Any(m => !drawn.Devices.TryGetValue(m.DeviceId, out var kind) || (m.Direction is not null && kind != DeviceKind.Camera)))
            return new Refusal("venue.plan-device-foreign", "A plan shows devices of this venue, and only cameras look somewhere.", "floors");
        if (drawn.Floors.Any(f => f.Sheet is { } sheet && now.All(known => known.Sheet != sheet)))
            return new Refusal("venue.plan-picture-unknown", "This picture is not in the plan: put it first.", "floors");
        return Told(venue, now, drawn.Floors);
    }

    /// <summary>A picture is put under a floor that is drawn; the sheet takes its shape.</summary>
    internal static Decision<VenueEvent> Put(Guid venue, IReadOnlyList<Floor> now, VenueCommand.PutPlanPicture put) =>
        now.All(f => f.Level != put.Level) ? new Refusal("venue.plan-floor-unknown", "There is no such floor in the plan.", "level")
        : Told(venue, now, [.. now.Select(f => f.Level == put.Level ? f with { Sheet = put.Sha256, Ratio = Math.Clamp(put.Ratio, 1 / Floor.Widest, Floor.Widest) } : f)]);

    static Decision<VenueEvent> Told(Guid venue, IReadOnlyList<Floor> now, IReadOnlyList<Floor> drawn)
    {
        Floor[] floors = [.. drawn.Select(f => f.Rounded()).OrderByDescending(f => f.Level)];
        return floors.Length == now.Count && floors.Zip(now).All(pair => Floor.Same(pair.First, pair.Second)) ? [] : [new VenueEvent.PlanDrawn(venue, floors)];
    }

    static Refusal? FaultOf(IReadOnlyList<Floor> floors)
    {
        var marks = floors.SelectMany(f => f.Marks).ToList();
        var isFit = floors.Count <= MostFloors && floors.DistinctBy(f => f.Level).Count() == floors.Count && marks.DistinctBy(m => m.DeviceId).Count() == marks.Count
            && floors.All(f => f.Level is not 0 and >= Floor.Deepest and <= Floor.Highest && f.Ratio is >= 1 / Floor.Widest and <= Floor.Widest
                && f.Outline.Count is >= 3 and <= Floor.MostCorners && f.Outline.All(p => IsOn(p.X, p.Y)) && f.Marks.Count <= Floor.MostMarks)
            && marks.All(m => IsOn(m.X, m.Y) && m.Direction is null or (>= 0 and <= 360) && m.Angle is null or (>= 10 and <= 360) && (m.Direction is null) == (m.Angle is null));
        return isFit ? null : new("venue.plan-malformed", $"A plan has at most {MostFloors} floors, each with 3 to {Floor.MostCorners} corners and each device once, all of it on the sheet.", "floors");
    }

    static bool IsOn(double x, double y) => x is >= 0 and <= 1 && y is >= 0 and <= 1;
}
