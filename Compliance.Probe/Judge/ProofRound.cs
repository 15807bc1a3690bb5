using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using OpenCvSharp;

namespace Compliance.Probe.Judge;

/// <summary>What one round found: the record from now on, what the judge has to hear, and whether to look again soon.</summary>
internal sealed record ProofFound(CameraRecord Record, IReadOnlyList<Sign.Proved> Signs, bool InDoubt);

/// <summary>
/// Asks one camera over ONVIF who it is, what time it has and what it declares; writes a one-time text into its picture now and then, and has one
/// random second of its archive replayed; where no text can be read the clock burnt into its picture is. No session is opened but that of the replay.
/// </summary>
internal sealed class ProofRound(OnvifMeans means, OverlayChallenge overlay, ClockProof burntIn, ArchiveProof archive, ProofSettings settings, TimeProvider clock, Random chance)
{
    /// <param name="repeated">What looking at the pictures for repetition says by itself.</param>
    /// <param name="clockPlace">Where in its picture a clock runs; null where none was found.</param>
    /// <param name="keep">Keeps the record at once, before something is borrowed.</param>
    public async Task<ProofFound> Run(AssignedCamera assigned, CameraRecord record, FeedOutlet outlet, Proven repeated, Rect? clockPlace, Action<CameraRecord> keep, CancellationToken ct)
    {
        var (now, wrongBefore) = (clock.GetUtcNow(), record.For(assigned).Clock?.Wrong ?? 0);
        record = record.For(assigned) with { Since = record.Since ?? now };
        var signs = new List<Sign.Proved>();
        try
        {
            var camera = await OnvifCamera.Meet(OnvifTarget.Of(assigned.MainStream, assigned.Onvif, assigned.UserName, assigned.Password), means, ct);
            var identity = await Try(() => camera.Identity(ct));
            record = Recognise(record, identity, signs, now);
            var profile = await Try(() => camera.ProfileOf(assigned.MainStream, ct));
            if (record.Borrowed is { } left) await overlay.GiveBack(camera, profile?.SourceConfiguration, left, borrowed => keep(record = record with { Borrowed = borrowed }));
            (record, var live) = await IsLive(camera, profile, record, new(outlet, repeated, clockPlace), signs, keep, ct);
            var target = new FeedTarget(assigned.MainStream, assigned.UserName, assigned.Password, FeedTransport.Tcp);
            var (tally, kept) = await archive.Ask(camera, profile, target, record.Since!.Value, record.Archive, ct);
            if (tally != record.Archive && tally.Last != ProofState.Unasked)
                signs.Add(new(clock.GetUtcNow(), ProofOf.Archive, tally.Last == ProofState.Broken ? Verdict.ArchiveShort : null, kept.Detail));
            var proofs = new CameraProofs(clock.GetUtcNow(), Name(identity), Short(identity?.Serial), Short(identity?.Firmware), profile?.Declared, camera.ClockOffset?.TotalMilliseconds, kept, live);
            return new(record with { Archive = tally, Proofs = proofs }, signs, record.Strangers > 0 || record.Unseen > 0 || record.Clock?.Wrong > wrongBefore || IsOwedSoon(record));
        }
        catch (OnvifFault fault)
        {
            var none = Detail.Of(Reason.NoOnvif, fault.Message);
            (record, var live) = await ByWhatIsShown(none, record, new(outlet, repeated, clockPlace), signs, ct);
            var proofs = new CameraProofs(clock.GetUtcNow(), null, null, null, null, null, new(ProofState.Unverifiable, none, now), live);
            record = record with { Proofs = proofs, Borrowed = record.Borrowed?.InVain() };
            return new(record, signs, record.Clock?.Wrong > wrongBefore || IsOwedSoon(record));
        }
    }

    /// <summary>A text of ours over somebody's picture does not wait an hour; where it is tried in vain again and again it does.</summary>
    bool IsOwedSoon(CameraRecord record) => record.Borrowed?.Tries < settings.GiveBackSoon;

    /// <summary>Who answers first is who the camera is; another one, twice, is told. Without a serial number nobody is recognised.</summary>
    CameraRecord Recognise(CameraRecord record, OnvifIdentity? identity, List<Sign.Proved> signs, DateTimeOffset now)
    {
        if (identity is not { Serial: { Length: > 0 } serial }) return record;
        if (record.Serial is null || record.Serial == serial)
        {
            if (record.Serial is not null) signs.Add(new(now, ProofOf.Identity, null));
            return record with { Serial = serial, Strangers = 0 };
        }

        var strangers = record.Strangers + 1;
        if (strangers >= settings.Strangers) signs.Add(new(now, ProofOf.Identity, Verdict.ParameterViolation, Detail.Of(Reason.OtherDevice, Short(serial)!, Short(record.Serial)!)));
        return record with { Strangers = strangers };
    }

    async Task<(CameraRecord, Proven)> IsLive(
        OnvifCamera camera, OnvifProfile? profile, CameraRecord record, Shown shown, List<Sign.Proved> signs, Action<CameraRecord> keep, CancellationToken ct)
    {
        var repeated = shown.Repeated;
        if (repeated.State == ProofState.Broken) return (record, repeated);
        var last = record.Proofs?.Live;
        if (record is { Answered: true, Unseen: 0 } && last is not null && chance.NextDouble() > settings.OverlayShare) return (record, last);
        if (record.Borrowed is not null) return (record, last ?? repeated);
        if (profile?.SourceConfiguration is not { } source) return await ByWhatIsShown(Detail.Of(Reason.NoOverlay), record, shown, signs, ct);
        var answer = await overlay.Run(camera, source, shown.Outlet.Fanout, borrowed => keep(record = record with { Borrowed = borrowed }), ct);
        var now = clock.GetUtcNow();
        switch (answer.Answer)
        {
            case Answer.Read:
                signs.Add(new(now, ProofOf.Live, null));
                return (record with { Answered = true, Unseen = 0 }, new(ProofState.Given, Detail.Of(Reason.OverlayRead, answer.Seconds), now) { Strength = ProofStrength.Strong });
            case Answer.Unseen when record.Answered:
                var unseen = record.Unseen + 1;
                var evidence = Detail.Of(Reason.OverlayUnseen, unseen);
                if (unseen >= settings.Unseen) signs.Add(new(now, ProofOf.Live, Verdict.LoopedOrReplayed, evidence));
                return (record with { Unseen = unseen }, new(unseen >= settings.Unseen ? ProofState.Broken : ProofState.Unasked, evidence, now));
            case Answer.Failed:
                return (record, last ?? repeated);
            default:
                var why = Detail.Of(answer.Answer switch { Answer.NoOverlay => Reason.NoOverlay, Answer.Unseen => Reason.OverlayNeverSeen, _ => Reason.OverlayUnreadable });
                return await ByWhatIsShown(why, record, shown, signs, ct);
        }
    }

    /// <summary>No text can be read, so the clock in the picture and the scene have to speak. A clock that is wrong in two rounds in a row is told; one that cannot be read accuses nobody.</summary>
    async Task<(CameraRecord, Proven)> ByWhatIsShown(string why, CameraRecord record, Shown shown, List<Sign.Proved> signs, CancellationToken ct)
    {
        if (shown.Repeated.State == ProofState.Broken) return (record, shown.Repeated);
        var mayLearn = record.ClockTaughtNothingAt is not { } vain || (clock.GetUtcNow() - vain).Duration() > settings.Clock.LessonAgainAfter;
        var found = await burntIn.Read(record.Clock, shown.ClockPlace, mayLearn, shown.Outlet, ct);
        var (now, isWrong) = (clock.GetUtcNow(), found.IsRight == false && found.Known!.Wrong >= settings.Clock.Wrong);
        if (found.IsRight == true) signs.Add(new(now, ProofOf.Clock, null));
        if (isWrong) signs.Add(new(now, ProofOf.Clock, Verdict.LoopedOrReplayed, found.Evidence));
        var live = isWrong ? new(ProofState.Broken, found.Evidence, now) : shown.Repeated.With(found);
        if (found.IsRight is null && mayLearn && shown.ClockPlace is not null) record = record with { ClockTaughtNothingAt = now };
        return (record with { Clock = found.Known }, live with { Detail = Detail.And(why, live.Detail) });
    }

    /// <summary>What there is to see of a camera without asking it.</summary>
    sealed record Shown(FeedOutlet Outlet, Proven Repeated, Rect? ClockPlace);

    static async Task<T?> Try<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (OnvifFault)
        {
            return default;
        }
    }

    static string? Name(OnvifIdentity? identity) => identity is null ? null : Short($"{identity.Maker} {identity.Model}".Trim());

    /// <summary>What a device writes of itself is text of any kind.</summary>
    static string? Short(string? text) => text is null ? null : string.Concat(text.Where(c => !char.IsControl(c)).Take(80).Select(c => c.ToString(CultureInfo.InvariantCulture)));
}
