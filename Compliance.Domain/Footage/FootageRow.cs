using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Footage;

public enum FootageStage { Waiting, Answered, Withdrawn }

/// <summary>A file of an answer.</summary>
/// <param name="ErasedAt">When its time was over; null where it was not erased.</param>
public sealed record FootageFile(Guid FileId, Guid DeviceId, string Sha256, long Bytes, DateTimeOffset KeptAt, DateTimeOffset? ErasedAt)
{
    /// <summary>Where the box fetched it from the recorder; null where the venue sent it.</summary>
    public FootageSource? Source { get; init; }

    /// <summary>The venue took it away before it answered; null where it did not.</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>It lies there.</summary>
    [JsonIgnore]
    public bool IsKept => (ErasedAt, RemovedAt) is (null, null);
}

/// <summary>How a fetch stands; <see cref="Removed"/>: what it brought was taken away again.</summary>
public enum FetchState { Running, Kept, Stopped, Failed, Removed }

/// <summary>A fetch from a recorder, and how it ended.</summary>
/// <param name="By">Null: at once, as the venue agreed.</param>
public sealed record FootageFetch(Guid FileId, Guid DeviceId, Guid? By, DateTimeOffset AskedAt, FetchState State, FetchFailure? Why);

/// <summary>Who took which file over, and until when he keeps it.</summary>
public sealed record FootageTake(Guid FileId, Guid By, DateTimeOffset At, DateOnly DestroyBy, string? MarkedSha256)
{
    /// <summary>Of the certificate it left encrypted for; null where it left in the clear.</summary>
    public string? CertificateSha256 { get; init; }
}

/// <summary>For whom an export is encrypted.</summary>
/// <param name="Certificate">X.509, in PEM, with an RSA key.</param>
public sealed record FootageRecipient([property: JsonConverter(typeof(CertificateText))] string Certificate);

/// <summary>A certificate in PEM: what authorities issue is longer than a page of text.</summary>
public sealed class CertificateText() : BoundedText(64 << 10);

/// <summary>One request as both sides read it: what waits stands on top, the one due first; then the newest.</summary>
/// <param name="Revision">Of its stream.</param>
public sealed record FootageRow(
    FootageEvent.Requested Card, FootageStage Stage, bool IsOverdue, DateTimeOffset? ClosedAt, IReadOnlyList<FootageMissing> Missing, IReadOnlyList<FootageFile> Files, IReadOnlyList<FootageTake> Takes,
    FootageEvent.Held? Hold, long Revision)
{
    /// <summary>What was or is fetched from recorders, in the order it was asked for.</summary>
    public IReadOnlyList<FootageFetch> Fetches { get; init; } = [];

    public static readonly View<FootageRow> View = new(
        "footage-list", 3, fact => (fact as FootageEvent)?.RequestId, Apply, row => row.Card.VenueId,
        row => row.Stage == FootageStage.Waiting ? $"0{row.Card.Due.UtcTicks:D20}" : $"1{ViewOrder.NewestFirst(row.Card.At)}");

    static FootageRow? Apply(FootageRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, FootageEvent.Requested f) => new(f, FootageStage.Waiting, false, null, [], [], [], null, recorded.Revision),
        ({ }, FootageEvent f) => After(row, f) with { Revision = recorded.Revision },
        _ => row,
    };

    static FootageRow After(FootageRow row, FootageEvent fact) => fact switch
    {
        FootageEvent.FileKept f => Ended(row, f.FileId, FetchState.Kept) with { Files = [.. row.Files, new(f.FileId, f.DeviceId, f.Sha256, f.Bytes, f.At, null)] },
        FootageEvent.FetchAsked f => row with { Fetches = [.. row.Fetches, new(f.FileId, f.DeviceId, f.By, f.At, FetchState.Running, null)] },
        FootageEvent.FetchStopped f => Ended(row, f.FileId, FetchState.Stopped),
        FootageEvent.FetchFailed f => Ended(row, f.FileId, FetchState.Failed, f.Why),
        FootageEvent.FileFetched f => row with { Files = [.. row.Files.Select(file => file.FileId == f.FileId ? file with { Source = new(f.ProbeId, f.From, f.Until, f.MissingSeconds) } : file)] },
        FootageEvent.Answered f => row with { Stage = FootageStage.Answered, ClosedAt = f.At, Missing = f.Missing },
        FootageEvent.Overdue => row with { IsOverdue = true },
        FootageEvent.Withdrawn f => row with { Stage = FootageStage.Withdrawn, ClosedAt = f.At },
        FootageEvent.TakenOver f => row with { Takes = [.. row.Takes, new(f.FileId, f.By, f.At, f.DestroyBy, f.MarkedSha256)] },
        FootageEvent.Encrypted f => row with { Takes = [.. row.Takes.Select(t => (t.FileId, t.By, t.At) == (f.FileId, f.By, f.At) ? t with { CertificateSha256 = f.CertificateSha256 } : t)] },
        FootageEvent.Held f => row with { Hold = f },
        FootageEvent.FileRemoved f => Ended(row, f.FileId, FetchState.Removed) with { Files = [.. row.Files.Select(file => file.FileId == f.FileId ? file with { RemovedAt = f.At } : file)] },
        FootageEvent.FileErased f => row with { Files = [.. row.Files.Select(file => file.FileId == f.FileId ? file with { ErasedAt = f.At } : file)] },
        _ => row,
    };

    static FootageRow Ended(FootageRow row, Guid file, FetchState state, FetchFailure? why = null) =>
        row with { Fetches = [.. row.Fetches.Select(f => f.FileId == file ? f with { State = state, Why = why } : f)] };
}

/// <summary>Of which request a file is that a box fetches; gone when the fetch is over.</summary>
public sealed record FetchedRequest(Guid FileId, Guid RequestId, Guid VenueId)
{
    public static readonly View<FetchedRequest> View = new(
        "footage-fetches", 1, fact => fact switch
        {
            FootageEvent.FetchAsked f => f.FileId,
            FootageEvent.FetchStopped f => f.FileId,
            FootageEvent.FetchFailed f => f.FileId,
            FootageEvent.FileFetched f => f.FileId,
            _ => null,
        }, (_, fact, _) => fact is FootageEvent.FetchAsked f ? new(f.FileId, f.RequestId, f.VenueId) : null, row => row.VenueId, row => row.FileId.ToString("N"));
}

/// <summary>Files that lie sealed, the request whose files are to be erased first on top.</summary>
public sealed record KeptFootage(Guid RequestId, Guid VenueId, IReadOnlyList<FootageFile> Files, DateOnly? HeldUntil)
{
    public static readonly View<KeptFootage> View = new(
        "footage-kept", 2, fact => (fact as FootageEvent)?.RequestId, Apply, row => row.VenueId, row => $"{row.Until.UtcTicks:D20}");

    /// <summary>When the first of them is to be erased.</summary>
    [JsonIgnore]
    public DateTimeOffset Until => Files.Min(f => UntilOf(f));

    public DateTimeOffset UntilOf(FootageFile file)
    {
        var usual = file.KeptAt + FootageRequest.KeptFor;
        return HeldUntil is { } day && VenueZone.Midnight(day.AddDays(1)) is var held && held > usual ? held : usual;
    }

    static KeptFootage? Apply(KeptFootage? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (_, FootageEvent.FileKept f) => (row ?? new(f.RequestId, f.VenueId, [], null)) with { Files = [.. row?.Files ?? [], new(f.FileId, f.DeviceId, f.Sha256, f.Bytes, f.At, null)] },
        ({ }, FootageEvent.Held f) => row with { HeldUntil = f.Until },
        ({ }, FootageEvent.FileErased f) => Without(row, f.FileId),
        ({ }, FootageEvent.FileRemoved f) => Without(row, f.FileId),
        _ => row,
    };

    static KeptFootage? Without(KeptFootage row, Guid id) => row.Files.Where(file => file.FileId != id).ToArray() is { Length: > 0 } left ? row with { Files = left } : null;
}

/// <summary>What an owner says of a file before its bytes travel.</summary>
/// <param name="Sha256">As computed where the file lies, hexadecimal in small letters; null where it was not.</param>
public sealed record FootageUpload(Guid DeviceId, long Bytes, string? Sha256);

/// <summary>How much of a file came; the next piece begins there.</summary>
/// <param name="Sha256">Of the whole, once all of it came and lies sealed.</param>
public sealed record FootageReceived(long Received, long Bytes, string? Sha256);

/// <summary>Beside the files of an export: what they are, of whom, for whom and until when.</summary>
/// <param name="Position">Of the fact that it was taken over: its place in the log, to be proven there.</param>
/// <param name="Watermark">Of the copy with recipient and hash burnt in; null where none could be made, and then <paramref name="WithoutWatermark"/> says why.</param>
public sealed record FootageManifest(
    Guid RequestId, Guid VenueId, string CaseNumber, string Unit, Guid Recipient, DateTimeOffset TakenAt, DateOnly DestroyBy, Guid FileId, Guid Camera, DateTimeOffset From, DateTimeOffset To,
    string Original, string Sha256, long Bytes, string? Watermark, string? WatermarkSha256, string? WithoutWatermark, string Log, string Position);
