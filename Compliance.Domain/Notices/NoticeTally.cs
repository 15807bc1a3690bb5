using Compliance.Domain.Kernel;

namespace Compliance.Domain.Notices;

/// <summary>How many notices a venue was sent, and how many of them each person has read.</summary>
public sealed record NoticeTally(Guid VenueId, int Issued, IReadOnlyDictionary<Guid, int> ReadBy)
{
    public static readonly View<NoticeTally> View = new(
        "notice-tally", 3, fact => (fact as NoticeEvent)?.VenueId, Apply, tally => tally.VenueId, _ => "");

    public int UnreadBy(Guid person) => Issued - ReadBy.GetValueOrDefault(person);

    /// <summary>A notice is issued once and read once by each person, until it grows: its stream sees to that.</summary>
    static NoticeTally Apply(NoticeTally? tally, object fact, Recorded recorded)
    {
        var so = tally ?? new(((NoticeEvent)fact).VenueId, 0, new Dictionary<Guid, int>());
        return fact switch
        {
            NoticeEvent.Issued or NoticeEvent.Told => so with { Issued = so.Issued + 1 },
            NoticeEvent.Read f => so with { ReadBy = new Dictionary<Guid, int>(so.ReadBy) { [f.SubjectId] = so.ReadBy.GetValueOrDefault(f.SubjectId) + 1 } },
            NoticeEvent.Grew { UnreadAgain.Count: > 0 } f => so with { ReadBy = so.ReadBy.ToDictionary(r => r.Key, r => r.Value - (f.UnreadAgain.Contains(r.Key) ? 1 : 0)) },
            _ => so,
        };
    }
}
