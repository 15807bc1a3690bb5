using System.Runtime.CompilerServices;
using Compliance.Domain.Detectors;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>
/// Once a second: on which cameras faces may be compared now, and with which lists. A list comes into memory when its operation begins, is asked for again every while (an entry may have been taken
/// off it), and is wiped as soon as no assignment names its operation any more; that is told.
/// </summary>
internal sealed partial class FaceRounds(
    WatchedCameras watched, IAssignments assignments, Outbox outbox, ApiConnection api, FaceMeans means, ProbeOptions options, TimeProvider clock, ILogger<FaceRounds> log)
    : Rounds("A round of the faces", clock, log), IDisposable
{
    /// <summary>Whoever is taken off a list is looked for no longer than this.</summary>
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(20), AskMissing = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(5);

    readonly Dictionary<Guid, (FaceEye Eye, Fanout Of, CancellationTokenSource Stop, Task Run)> _watching = [];
    readonly ConditionalWeakTable<FaceEye, StrongBox<(long Analysed, long Skipped)>> _counted = [];
    readonly Dictionary<Guid, (Guid? Basis, DetectorRest? Because)> _told = [];
    readonly Dictionary<Guid, HeldList> _lists = [];
    readonly HashSet<Guid> _wiped = [];
    readonly Breakdowns _broken = new(clock);
    readonly SemaphoreSlim _turn = new(1);
    volatile IReadOnlyList<AssignedDetector> _assigned = [];
    long? _asked;
    bool _saidEmpty;
    volatile bool _stopped;

    /// <summary>Frames in which faces were looked for in the last second, and those that came and nobody looked at.</summary>
    public (long Analysed, long Skipped) Frames { get; private set; }

    /// <summary>Operations whose lists lie in memory now.</summary>
    internal IReadOnlyCollection<Guid> Held => _lists.Keys;

    /// <summary>What looks at a camera now.</summary>
    internal FaceEye? EyeOf(Guid device) => _watching.TryGetValue(device, out var one) ? one.Eye : null;

    public void Follow(IReadOnlyList<AssignedDetector> detectors) => _assigned = [.. detectors.Where(one => one.Detector == Detector.WatchList)];

    /// <summary>The probe ends: lists are wiped, and nobody is compared any more.</summary>
    public async Task StopAll()
    {
        _stopped = true;
        await _turn.WaitAsync();
        foreach (var device in _watching.Keys.ToList()) await Stop(device);
        foreach (var operation in _lists.Keys.ToList()) Wipe(operation);
    }

    public void Dispose() => _turn.Dispose();

    protected override async Task Round(DateTimeOffset now, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            Count();
            if (!_stopped) await Turn(now, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    void Count()
    {
        var (analysed, skipped) = (0L, 0L);
        foreach (var (eye, _, _, _) in _watching.Values)
        {
            var before = _counted.GetOrCreateValue(eye);
            (analysed, skipped) = (analysed + eye.Analysed - before.Value.Analysed, skipped + eye.Skipped - before.Value.Skipped);
            before.Value = (eye.Analysed, eye.Skipped);
        }

        Frames = (analysed, skipped);
    }

    async Task Turn(DateTimeOffset now, CancellationToken ct)
    {
        var at = now - TimeSpan.FromMilliseconds(api.Clock.OffsetMs);
        // What nobody confirms any more may have been ended: its list does not lie about for that.
        var assigned = assignments.Unconfirmed > options.Eyes.ListPatience ? [] : _assigned;
        var running = assigned.Where(one => one.From <= at && at < one.Until).Select(one => one.OperationId!.Value).ToHashSet();
        var bases = _assigned.ToLookup(one => one.DeviceId);
        var devices = bases.Select(group => group.Key).Union(_watching.Keys).Union(_told.Keys).ToList();

        foreach (var device in _watching.Where(one => one.Value.Run.IsFaulted).Select(one => one.Key).ToList()) await Stop(device);

        // First whatever may go on no longer ends, then the network is asked for anything.
        foreach (var device in devices.Where(device => PermitOf(device, [.. bases[device]], at).Permit.Basis is null)) await Stop(device);
        foreach (var gone in _lists.Keys.Where(operation => !running.Contains(operation)).ToList())
        {
            await StopThose(gone); // a camera that serves another operation too begins anew with what is left
            Wipe(gone);
        }

        if (await TellWiped(ct)) await Keep(running, ct);

        foreach (var device in devices)
        {
            var (permit, lists) = PermitOf(device, [.. bases[device]], at);
            if (permit.Basis is null) await Stop(device);
            else await Watch(device, lists);
            Tell(device, permit, now);
            if (permit.Basis is null && !bases.Contains(device)) _told.Remove(device);
        }
    }

    /// <summary>Whether faces may be compared on a camera now, and with which lists.</summary>
    (Permit Permit, IReadOnlyList<HeldList> Lists) PermitOf(Guid device, IReadOnlyCollection<AssignedDetector> bases, DateTimeOffset at)
    {
        var permit = Interlock.Of(bases, at, assignments.Unconfirmed, options.Eyes.ListPatience);
        if (permit.Basis is null) return (permit, []);
        if (!means.IsReady) return (new(null, DetectorRest.ModelMissing), []);
        HeldList[] held = [.. bases.Where(one => one.From <= at && at < one.Until && one.Hours.Covers(at)).Select(one => _lists.GetValueOrDefault(one.OperationId!.Value)).OfType<HeldList>().Where(list => list.Faces.Count > 0).Distinct()];
        if (held.Length == 0) return (new(null, DetectorRest.ListTooOld), []);
        if (_broken.Rests(device)) return (new(null, DetectorRest.Broken), []);
        // Another recogniser than the list was made with, or one that was not measured for so long a list, compares nothing.
        HeldList[] fit = [.. held.Where(list => list.ModelSha256 == means.Recogniser!.Slot.Sha256 && list.ThresholdBy(means.Recogniser.Thresholds) is not null)];
        if (fit.Length == 0) return (new(null, DetectorRest.ModelMissing), []);
        // A camera that is just connected anew is held open all the while.
        return watched.Following(device) is null && !(_watching.TryGetValue(device, out var one) && !one.Run.IsCompleted) ? (new(null, DetectorRest.NotHeldOpen), []) : (permit, fit);
    }

    async Task Keep(HashSet<Guid> running, CancellationToken ct)
    {
        if (running.Count == 0 || !means.IsReady || _asked is { } asked && Clock.GetElapsedTime(asked) < (running.IsSubsetOf(_lists.Keys) ? AskAgain : AskMissing)) return;
        _asked = Clock.GetTimestamp();
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Patience);
            var copies = await api.GetWatchLists(running, patience.Token);
            foreach (var operation in _lists.Keys.Where(held => copies.All(copy => copy.OperationId != held)).ToList())
            {
                // Nobody on it is looked for any more.
                await StopThose(operation);
                Wipe(operation);
            }

            foreach (var list in copies.Select(copy => new HeldList(copy)))
            {
                if (_lists.TryGetValue(list.OperationId, out var before))
                {
                    if (before.Version == list.Version)
                    {
                        list.Dispose();
                        continue;
                    }

                    await StopThose(list.OperationId);
                    before.Dispose();
                }

                _wiped.Remove(list.OperationId);
                _lists[list.OperationId] = list;
                Holds(log, list.OperationId, list.Faces.Count);
            }
        }
        catch (Exception e) when (e is ApiAway or ApiRefused || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            // What lies in memory is good as long as the list of assignments is.
        }
    }

    async Task Watch(Guid device, IReadOnlyList<HeldList> lists)
    {
        var fanout = watched.Following(device);
        if (_watching.TryGetValue(device, out var one))
        {
            if (!one.Run.IsCompleted && (fanout is null || one.Of == fanout) && one.Eye.Key == FaceEye.KeyOf(lists)) return;
            await Stop(device);
        }

        if (fanout is null) return;
        var (eye, stop) = (new FaceEye(device, fanout, lists, means), new CancellationTokenSource());
        _watching[device] = (eye, fanout, stop, Task.Run(() => eye.Run(stop.Token), CancellationToken.None));
    }

    async Task StopThose(Guid operation)
    {
        foreach (var device in _watching.Where(one => one.Value.Eye.Key.Contains($"{operation:N}", StringComparison.Ordinal)).Select(one => one.Key).ToList()) await Stop(device);
    }

    async Task Stop(Guid device)
    {
        if (!_watching.Remove(device, out var one)) return;
        await one.Stop.CancelAsync();
        await one.Run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        one.Stop.Dispose();
        if (one.Run.Exception?.InnerException is not { } e) return;
        _broken.Broke(device);
        Mishaps.Met(e, "Comparing faces");
    }

    void Wipe(Guid operation)
    {
        if (!_lists.Remove(operation, out var list)) return;
        list.Dispose();
        _wiped.Add(operation);
        Wiped(log, operation);
    }

    /// <summary>What an earlier process held is gone with it, and that is said before any list is asked for; then whatever was wiped.</summary>
    /// <returns>Whether nothing is left to be said.</returns>
    async Task<bool> TellWiped(CancellationToken ct)
    {
        if (_wiped.Count == 0 && _saidEmpty) return true;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Patience);
            await api.TellWiped(new([.. _wiped], HoldsNothing: !_saidEmpty), patience.Token);
            _saidEmpty = true;
            _wiped.Clear();
            return true;
        }
        catch (Exception e) when (e is ApiAway or ApiRefused || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            return false; // told again with the next round
        }
    }

    void Tell(Guid device, Permit permit, DateTimeOffset now)
    {
        var state = (permit.Basis?.BasisId, permit.Because);
        if (_told.TryGetValue(device, out var told) && told == state) return;
        try
        {
            // Without the threshold, from which the venue could tell how long the list is.
            outbox.Tell([new DetectorObserved(Guid.CreateVersion7(now), device, now, api.Clock, Detector.WatchList, state.BasisId, permit.Basis is null ? null : means.Told(0), state.Because)]);
            _told[device] = state;
        }
        catch (Exception e) when (e is SpoolFull or SqliteException)
        {
            NoRoom(log, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "The list of operation {OperationId} lies in memory: {Persons} persons")]
    static partial void Holds(ILogger log, Guid operationId, int persons);

    [LoggerMessage(LogLevel.Information, "The list of operation {OperationId} was wiped")]
    static partial void Wiped(ILogger log, Guid operationId);

    [LoggerMessage(LogLevel.Error, "The spool takes nothing ({Why}); what detectors do is told later")]
    static partial void NoRoom(ILogger log, string why);
}
