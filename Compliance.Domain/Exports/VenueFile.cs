using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Exports;

/// <summary>In what office somebody took a venue's file along.</summary>
public enum FileReader { Owner, Inspector, Authority, Oversight }

/// <summary>Facts about one export of a venue's whole file. Who took it is the log's own stamp.</summary>
public abstract record VenueFileEvent(Guid ExportId, Guid VenueId)
{
    /// <summary>Somebody began to take the file along: stored before its first byte leaves.</summary>
    [EventName("venuefile.exported.v1")]
    public sealed record Exported(Guid ExportId, Guid VenueId, FileReader As) : VenueFileEvent(ExportId, VenueId);

    /// <summary>The last byte left. An export without this fact broke off or was stopped.</summary>
    /// <param name="Sha256">Of the whole file, hexadecimal.</param>
    [EventName("venuefile.handed-over.v1")]
    public sealed record HandedOver(Guid ExportId, Guid VenueId, long Facts, long Bytes, string Sha256) : VenueFileEvent(ExportId, VenueId);
}

public abstract record VenueFileCommand
{
    public sealed record Export(Guid ExportId, Guid VenueId, FileReader As) : VenueFileCommand;

    public sealed record HandOver(long Facts, long Bytes, string Sha256) : VenueFileCommand;
}

/// <summary>A venue's file is taken along: recorded first, then handed over, once.</summary>
public abstract record VenueFile
{
    public sealed record Unknown : VenueFile;
    public sealed record Leaving(VenueFileEvent.Exported Card) : VenueFile;
    public sealed record Gone(VenueFileEvent.Exported Card) : VenueFile;

    public static readonly Decider<VenueFile, VenueFileCommand, VenueFileEvent> Decider = new("venuefile", new Unknown(), Decide, Evolve);

    static Decision<VenueFileEvent> Decide(VenueFile state, VenueFileCommand command) => (state, command) switch
    {
        (Unknown, VenueFileCommand.Export(var id, var venue, var reader)) => [new VenueFileEvent.Exported(id, venue, reader)],
        (_, VenueFileCommand.Export) => [],
        (Leaving l, VenueFileCommand.HandOver(var facts, var bytes, var sha)) => [new VenueFileEvent.HandedOver(l.Card.ExportId, l.Card.VenueId, facts, bytes, sha)],
        (Gone, VenueFileCommand.HandOver) => [],
        (Unknown, VenueFileCommand.HandOver) => new Refusal("venuefile.unknown", "No such export."),
        _ => throw new UnreachableException(),
    };

    static VenueFile Evolve(VenueFile state, VenueFileEvent fact) => (state, fact) switch
    {
        (_, VenueFileEvent.Exported card) => new Leaving(card),
        (Leaving l, VenueFileEvent.HandedOver) => new Gone(l.Card),
        _ => state,
    };
}

/// <summary>One line of who took a venue's file along, the newest first; the venue reads it too.</summary>
/// <param name="By">As the log stamped it.</param>
/// <param name="Facts">How many facts left; null while it is on its way, and for ever where it broke off.</param>
public sealed record VenueFileRow(Guid ExportId, Guid VenueId, string By, FileReader As, DateTimeOffset At, long? Facts, long? Bytes, string? Sha256)
{
    public static readonly View<VenueFileRow> View = new(
        "venue-file-list", 1, fact => (fact as VenueFileEvent)?.ExportId,
        (row, fact, recorded) => (row, fact) switch
        {
            (null, VenueFileEvent.Exported f) => new(f.ExportId, f.VenueId, recorded.Origin.Actor, f.As, recorded.RecordedAt, null, null, null),
            ({ }, VenueFileEvent.HandedOver f) => row with { Facts = f.Facts, Bytes = f.Bytes, Sha256 = f.Sha256 },
            _ => row,
        },
        row => row.VenueId, row => ViewOrder.NewestFirst(row.At));
}

/// <summary>How far an export has come that is on its way now.</summary>
/// <param name="Facts">Written so far.</param>
/// <param name="Streams">Asked so far, of <paramref name="AllStreams"/>.</param>
/// <param name="Pieces">Pictures and documents written so far, of <paramref name="AllPieces"/>; 0 of 0 until they are counted.</param>
public sealed record VenueFileProgress(Guid ExportId, long Facts, int Streams, int AllStreams, int Pieces, int AllPieces);
