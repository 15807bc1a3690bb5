using System.Globalization;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.KnownClips;

/// <summary>What somebody adds: what is known of a clip, and its file.</summary>
/// <param name="File">MP4, Matroska, AVI or MPEG-TS, at most <see cref="KnownClip.Largest"/> bytes.</param>
public sealed record KnownClipProposal(KnownClipCommand.Add Clip, byte[] File);

/// <summary>A known clip as the page shows it: those that are kept first, the newest on top.</summary>
/// <param name="AddedBy">The actor as the log stamped it: <c>user:{subject id}</c>.</param>
/// <param name="Boxes">That may play it; null: every box, where it is assigned.</param>
/// <param name="Deletion">Who had it erased, when and why; null while it is kept.</param>
public sealed record KnownClipRow(KnownClipEvent.Added Card, string AddedBy, DateTimeOffset AddedAt, bool IsAssigned, IReadOnlyList<Guid>? Boxes, BasisEnd? Deletion)
{
    public static readonly View<KnownClipRow> View = new(
        "known-clip-list", 1, fact => (fact as KnownClipEvent)?.ClipId, Apply, _ => null, row => $"{(row.Deletion is null ? 0 : 1)}{ViewOrder.NewestFirst(row.AddedAt)}");

    public bool IsFor(Guid box) => IsAssigned && Deletion is null && Boxes?.Contains(box) != false;

    static KnownClipRow? Apply(KnownClipRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, KnownClipEvent.Added f) => new(f, recorded.Origin.Actor, recorded.RecordedAt, false, null, null),
        ({ }, KnownClipEvent.Assigned f) => row with { IsAssigned = true, Boxes = f.Boxes },
        ({ }, KnownClipEvent.Deleted f) => row with { Deletion = new(f.At, recorded.Origin.Actor, f.Grounds) },
        _ => row,
    };
}

/// <summary>How many clips were shown, and what became of them.</summary>
/// <param name="Shown">That show what the detector looks for; of these <paramref name="Found"/> were.</param>
/// <param name="Others">That show something else; <paramref name="FalseAlarms"/> of these would have raised an alert.</param>
/// <param name="SecondsToFind">Of the clips, all that were found together.</param>
public sealed record Recall(int Shown, int Found, int Others, int FalseAlarms, double SecondsToFind)
{
    public static readonly Recall None = new(0, 0, 0, 0, 0);

    public static Recall operator +(Recall a, Recall b) => new(a.Shown + b.Shown, a.Found + b.Found, a.Others + b.Others, a.FalseAlarms + b.FalseAlarms, a.SecondsToFind + b.SecondsToFind);

    /// <summary>Null where none was found.</summary>
    public double? MeanSeconds => Found == 0 ? null : SecondsToFind / Found;
}

/// <summary>What one version of a model made of known clips on the cameras of one venue in one month.</summary>
/// <param name="ModelSha256">Null in the row that counts what was not shown.</param>
/// <param name="Month">Its first day, by the venues' clocks.</param>
/// <param name="NotShown">How many were not shown, by reason.</param>
/// <param name="Boxes">Which boxes told of it (<c>probe:{id}</c>), and when last.</param>
public sealed record RecallMonth(
    Guid VenueId, Detector Detector, string? ModelSha256, string? Model, double? Threshold, DateOnly Month, Recall Recall, IReadOnlyDictionary<NotShown, int> NotShown, IReadOnlyDictionary<string, DateTimeOffset> Boxes)
{
    public static readonly View<RecallMonth> View = new(
        "recall-months", 1, fact => fact switch
        {
            ShowingEvent.Judged f => KeyOf(f.VenueId, f.Detector, f.Model, f.At),
            ShowingEvent.Failed f => KeyOf(f.VenueId, f.Detector, null, f.At),
            _ => null,
        }, Apply, row => row.VenueId, row => $"{ViewOrder.NewestFirst(VenueZone.Midnight(row.Month))}{row.VenueId:N}{row.ModelSha256}");

    static Guid KeyOf(Guid venue, Detector detector, DetectorModel? model, DateTimeOffset at) =>
        EventIds.From(venue, string.Create(CultureInfo.InvariantCulture, $"recall/{detector}/{model?.Sha256}/{model?.Threshold}/{VenueZone.Month(at):yyyyMM}"));

    static RecallMonth? Apply(RecallMonth? row, object fact, Recorded recorded) => fact switch
    {
        ShowingEvent.Judged f => (row ?? Empty(f, f.Detector, f.Model, f.At)).Told(recorded, f.At) is var told ? told with { Recall = told.Recall + Of(f) } : null,
        ShowingEvent.Failed f => (row ?? Empty(f, f.Detector, null, f.At)).Told(recorded, f.At) is var told
            ? told with { NotShown = new SortedDictionary<NotShown, int>(told.NotShown.ToDictionary()) { [f.Because] = told.NotShown.GetValueOrDefault(f.Because) + 1 } } : null,
        _ => row,
    };

    static Recall Of(ShowingEvent.Judged f) => f.Shows ? new(1, f.Found ? 1 : 0, 0, 0, f.AfterSeconds ?? 0) : new(0, 0, 1, f.Found ? 1 : 0, 0);

    static RecallMonth Empty(ShowingEvent fact, Detector detector, DetectorModel? model, DateTimeOffset at) => new(
        fact.VenueId, detector, model?.Sha256, model?.Name, model?.Threshold, VenueZone.Month(at), Recall.None, new SortedDictionary<NotShown, int>(), new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal));

    RecallMonth Told(Recorded recorded, DateTimeOffset at) => this with { Boxes = new SortedDictionary<string, DateTimeOffset>(Boxes.ToDictionary(), StringComparer.Ordinal) { [recorded.Origin.Actor] = at } };
}

/// <summary>A box that looks for something, and when it last told of a clip; null: it never did, and nothing is known of what it finds.</summary>
public sealed record MeasuredBox(Guid BoxId, string Name, DateTimeOffset? LastAt);

/// <summary>What was measured in the field: by venue, version and month, the newest first; and which boxes measured anything.</summary>
public sealed record RecallSheet(IReadOnlyList<RecallMonth> Months, IReadOnlyList<MeasuredBox> Boxes);
