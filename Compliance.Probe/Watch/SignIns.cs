using System.Collections.Concurrent;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch;

/// <summary>A refusal weighed against what worked before. A doubted one may have another cause than it seems.</summary>
internal sealed record Weighed(FeedLost Lost, bool Doubted = false);

/// <summary>
/// Which credentials worked on which host, and when. Cameras whose sessions are used up answer 401, 454 or hang up as well
/// as 453 and 503; whoever signed in a minute ago has hardly forgotten the password since. In memory only, and by the clock that only ticks.
/// </summary>
internal sealed class SignIns(WatchSettings settings, TimeProvider clock)
{
    readonly ConcurrentDictionary<(string Host, int Port, string? UserName, string? Password), long> _worked = [];

    public void Worked(FeedTarget target) => _worked[Key(target)] = clock.GetTimestamp();

    /// <param name="refusedSince">When the first of the refusals in a row came, of which this is the latest: a timestamp of the clock.</param>
    public Weighed Weigh(FeedTarget target, FeedLost lost, long refusedSince)
    {
        if (!_worked.TryGetValue(Key(target), out var worked)) return new(lost);
        var ago = clock.GetElapsedTime(worked);
        if (ago > settings.CredentialsTrusted) return new(lost);
        var full = new FeedLost(Verdict.SessionLimit, Detail.And(Detail.Of(Reason.WorkedJustNow, Math.Round(ago.TotalSeconds)), lost.Message)) { Answer = lost.Answer };
        if (lost is { AfterDescribe: true, Cause: Verdict.AuthFailed or Verdict.Unreachable }) return new(full);
        if (lost.Cause != Verdict.AuthFailed) return new(lost);
        return worked > refusedSince ? new(full) : new(lost, Doubted: true);
    }

    public void Forget() => _worked.Clear();

    static (string, int, string?, string?) Key(FeedTarget target) => (target.Stream.DnsSafeHost, target.Stream.Port, target.UserName, target.Password);
}
