using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>That an officer said why he has to see a clip as it was recorded: what oversight and the shift lead read, the newest on top.</summary>
/// <param name="CaseNumber">Null unless one was given.</param>
public sealed record UnblurredClip(Guid IncidentId, Guid VenueId, Guid AlertId, Guid By, UnblurReason Reason, string? CaseNumber, DateTimeOffset At)
{
    public static readonly View<UnblurredClip> View = new(
        "unblurred-list", 1, fact => fact is IncidentEvent.ClipUnblurred f ? EventIds.From(f.AlertId, $"unblurred/{f.By:N}/{f.At:O}") : null,
        (_, fact, _) => fact is IncidentEvent.ClipUnblurred f ? new(f.IncidentId, f.VenueId, f.AlertId, f.By, f.Reason, f.CaseNumber, f.At) : null,
        row => row.VenueId, row => ViewOrder.NewestFirst(row.At));
}
