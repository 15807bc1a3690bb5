using Compliance.Domain.Probes;

namespace Compliance.Probe.Judge;

/// <summary>What is remembered of proving one camera, over restarts and changes of its feed.</summary>
/// <param name="Stream">The stream it was proven by; another one has to prove itself anew.</param>
/// <param name="View">The approved view then: a camera that was rightly replaced has its view approved anew.</param>
/// <param name="Since">When its picture was first seen; nobody has an archive of before.</param>
/// <param name="Serial">Who answered at first.</param>
/// <param name="Strangers">How often in a row another answered.</param>
/// <param name="Answered">Its overlay was read once, so that it can be.</param>
/// <param name="Unseen">How often in a row since then nothing appeared.</param>
/// <param name="Borrowed">Of its overlay, and not given back yet: nothing more is borrowed meanwhile.</param>
internal sealed record CameraRecord(
    Uri Stream, Guid? View, DateTimeOffset? Since = null, string? Serial = null, int Strangers = 0, bool Answered = false, int Unseen = 0, BorrowedText? Borrowed = null)
{
    public ArchiveTally Archive { get; init; } = ArchiveTally.None;

    public CameraProofs? Proofs { get; init; }

    public Disproven Disproven { get; init; } = Disproven.None;

    /// <summary>The clock in its picture, once it was read.</summary>
    public KnownClock? Clock { get; init; }

    /// <summary>When it was tried in vain to learn its digits.</summary>
    public DateTimeOffset? ClockTaughtNothingAt { get; init; }

    /// <summary>For the camera as it is assigned now. The archive's count goes on whatever address it is reached by.</summary>
    public CameraRecord For(AssignedCamera camera) => camera.MainStream == Stream && camera.ViewId == View ? this
        : new(camera.MainStream, camera.ViewId, Since, Borrowed: camera.MainStream.Host == Stream.Host ? Borrowed : null) { Archive = Archive, Disproven = Disproven with { Identity = null, Live = null, Clock = null } };
}
