using Compliance.Domain.Detectors;
using Compliance.Domain.Probes;

namespace Compliance.Domain.WatchLists;

// What a box asks for and tells, JSON written with EventCatalog.Json, times UTC.
//
//   GET  /probe/watch-lists?operations=id,id   -> ListCopy[]: of those that run now at venues it holds. That it was given one is a fact first. It lies
//                                     in the box's memory only, and is wiped when the operation is in no answer any more
//   POST /probe/watch-lists/wiped     CopiesWiped -> 200: what it has wiped
//   POST /probe/face-candidates       CandidateTold -> 200 CommandAnswer

/// <summary>The list of one operation, for the box's memory: ids and templates, no names and no pictures.</summary>
/// <param name="ModelSha256">The recogniser that made the templates; a box with another one compares nothing.</param>
/// <param name="Threshold">From which likeness on a face is a candidate.</param>
public sealed record ListCopy(Guid OperationId, Guid VenueId, Guid BasisId, string ModelSha256, double Threshold, IReadOnlyList<ListedFace> Faces);

/// <summary>A person, once: the mean of the templates of all his pictures.</summary>
/// <param name="Template">Numbers of 32 bits, little-endian.</param>
public sealed record ListedFace(Guid EntryId, byte[] Template);

/// <param name="HoldsNothing">The box has just started: whatever it was given before is gone with its memory.</param>
public sealed record CopiesWiped(IReadOnlyList<Guid> Operations, bool HoldsNothing = false);

/// <summary>A face that may be somebody's, as a box tells it.</summary>
/// <param name="Picture">The face with its surroundings, JPEG; everybody else in it is blurred.</param>
/// <param name="FramesAnalysed">Since the face came into the picture; <paramref name="FramesSkipped"/>: those that came and nobody looked at. Both 0 from a box that does not count.</param>
public sealed record CandidateTold(
    Guid CandidateId, Guid OperationId, Guid EntryId, Guid DeviceId, DateTimeOffset SeenAt, DateTimeOffset ObservedAt, ClockState Clock, double Score, double Threshold, DetectorModel Model, int Pictures, double InterEye, byte[] Picture,
    int FramesAnalysed = 0, int FramesSkipped = 0)
{
    public const int LargestPicture = 512 << 10;
}

/// <summary>Who an entry is, and why: from the vault.</summary>
/// <param name="RenewalGrounds">Of a renewal that waits for a second officer.</param>
public sealed record WatchedPerson(string Name, string Grounds, string? RenewalGrounds = null);

/// <summary>What an officer sends to propose an entry: the fact's members, and what goes to the vault.</summary>
public sealed record WatchProposal(WatchEntryCommand.Propose Entry, WatchedPerson Person);

/// <summary>What an officer sends to have an entry renewed.</summary>
public sealed record RenewalProposal(DateTimeOffset Until, string Grounds);

/// <summary>A list as an authority signs it: the content of a CMS message (RFC 5652), JSON.</summary>
/// <param name="Format"><c>compliance.watch-list.v1</c>.</param>
public sealed record SignedWatchList(string Format, DateTimeOffset IssuedAt, IReadOnlyList<SignedWatchEntry> Entries)
{
    public const string V1 = "compliance.watch-list.v1";

    /// <summary>Entries of one file, and bytes of it.</summary>
    public const int MostEntries = 200, Largest = 64 << 20;
}

/// <param name="Pictures">JPEG, one to five.</param>
public sealed record SignedWatchEntry(
    WatchCategory Category, string Authority, string CaseNumber, bool IsMinor, DateTimeOffset Until, string Name, string Grounds, IReadOnlyList<byte[]> Pictures);

/// <summary>What became of a file: entries that wait for a second officer now, and those that were refused, by their place in it.</summary>
public sealed record ImportedWatchList(IReadOnlyList<Guid> Proposed, IReadOnlyList<RefusedEntry> Refused);

/// <param name="At">From 1 on.</param>
/// <param name="Code">Of the refusal.</param>
public sealed record RefusedEntry(int At, string CaseNumber, string Code);
