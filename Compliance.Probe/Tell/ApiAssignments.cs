using System.Runtime.CompilerServices;
using Compliance.Domain.Probes;
using Compliance.Probe.Schedule;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>
/// The list as the API gives it: asked every few seconds, and by asking what is free is taken. While the API is away those that are watched
/// go on: what is seen meanwhile counts, unless another probe took the venue.
/// </summary>
internal sealed partial class ApiAssignments(ApiConnection api, ProbeOptions options, TimeProvider clock, ILogger<ApiAssignments> log) : IAssignments, IDisposable
{
    readonly SemaphoreSlim _doubt = new(0);
    readonly Mishaps _mishaps = new(log);
    bool _isAway;
    long? _confirmed;

    public TimeSpan Unconfirmed => _confirmed is { } at ? clock.GetElapsedTime(at) : TimeSpan.MaxValue;

    public void Doubt() => _doubt.Release();

    public void Dispose() => _doubt.Dispose();

    public async IAsyncEnumerable<Assignments> Changes([EnumeratorCancellation] CancellationToken ct)
    {
        for (Assignments? held = null; !ct.IsCancellationRequested; await Pause(ct))
        {
            if (await Ask(held, ct) is not { } next || ReferenceEquals(next, held)) continue;
            held = next;
            yield return next;
        }
    }

    /// <summary>Null when nothing changed, or nothing could be learned.</summary>
    async Task<Assignments?> Ask(Assignments? held, CancellationToken ct)
    {
        try
        {
            var next = await api.GetAssignments(held is { Revision: not "" and var revision } ? revision : null, ct);
            (_isAway, _confirmed) = (false, clock.GetTimestamp());
            return next;
        }
        catch (Exception e) when (e is ApiAway or ApiRefused)
        {
            if (!_isAway) None(log, e.Message);
            _isAway = true;
            if (e is not ApiAway { IsRevoked: true } || held is { Revision: "" }) return null;
            if (held is { Cameras.Count: > 0 and var count }) Dismissed(log, count);
            return new(options.ProbeId, "", []);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _mishaps.Met(e, "Asking for assignments");
            return null;
        }
    }

    /// <summary>By the probe's own clock, or until there is a doubt; several at once are one.</summary>
    async Task Pause(CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(options.AssignmentsEvery, clock, enough.Token), _doubt.WaitAsync(enough.Token));
        await enough.CancelAsync();
        while (_doubt.Wait(0, CancellationToken.None))
        {
            // What was doubted meanwhile is answered by the same list.
        }
    }

    [LoggerMessage(LogLevel.Warning, "No assignments: {Why}; those that are watched go on as before")]
    static partial void None(ILogger log, string why);

    [LoggerMessage(LogLevel.Critical, "This box is revoked: {Count} cameras are let go and their credentials forgotten")]
    static partial void Dismissed(ILogger log, int count);
}
