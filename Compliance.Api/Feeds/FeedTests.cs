using System.Diagnostics.CodeAnalysis;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;

namespace Compliance.Api.Feeds;

/// <summary>
/// Feed tests on their way from a person to a probe of the venue and back. In memory, few and short-lived: they hold a password
/// that nobody has asked us to keep, and no probe but those of the venue gets to see it.
/// </summary>
sealed class FeedTests(TimeProvider clock)
{
    public enum Asked { Accepted, TooManyOfYours, TooMany }

    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    /// <summary>Stands for a person where the API itself asks for a second look.</summary>
    public static readonly Guid Itself = Guid.Empty;

    /// <summary>Not answered yet: of one person, and of all together.</summary>
    public const int MostOfOne = 8, Most = 64;

    readonly Lock _gate = new();
    readonly List<Entry> _tests = []; // oldest first
    TaskCompletionSource _bell = NewBell();

    /// <summary>The same id asked again is the same test.</summary>
    public Asked Ask(FeedTest test, Guid subjectId, IReadOnlyCollection<Guid> probes)
    {
        lock (_gate)
        {
            _tests.RemoveAll(t => IsOver(t));
            if (_tests.Exists(t => t.Test.Id == test.Id)) return Asked.Accepted;
            if (_tests.Count(t => t.SubjectId == subjectId && !t.Done.IsCompleted) >= MostOfOne) return Asked.TooManyOfYours;
            if (_tests.Count(t => !t.Done.IsCompleted) >= Most) return Asked.TooMany;
            _tests.Add(new(test, subjectId, probes, clock.GetUtcNow()));
            var bell = _bell;
            _bell = NewBell();
            bell.SetResult();
            return Asked.Accepted;
        }
    }

    /// <summary>The next test for this probe; null when nobody asked within <paramref name="wait"/>.</summary>
    public async Task<FeedTest?> Take(Guid probeId, TimeSpan wait, CancellationToken ct)
    {
        var patience = Task.Delay(Limited(wait), clock, ct);
        while (true)
        {
            Task bell;
            lock (_gate)
            {
                if (_tests.Find(t => !IsOver(t) && t.TakeBy(probeId)) is { } taken) return taken.Test;
                bell = _bell.Task;
            }

            if (await Task.WhenAny(bell, patience) == patience) return null;
        }
    }

    /// <summary>False when this probe was not given that test, or it is forgotten. A person is told less than the probe says; a second look keeps no picture.</summary>
    public bool Answer(Guid id, Guid probeId, FeedTestResult result) => Find(id, out var entry)
        && entry.AnswerBy(probeId, entry.SubjectId == Itself ? result with { StillJpegBase64 = null } : result.Told());

    /// <summary>How the test of that person stands, at once when it is done, else after <paramref name="wait"/>.</summary>
    public async Task<FeedTestState?> Watch(Guid id, Guid subjectId, TimeSpan wait, CancellationToken ct)
    {
        if (!Find(id, out var entry) || entry.SubjectId != subjectId) return null;
        await Task.WhenAny(entry.Done, Task.Delay(Limited(wait), clock, ct));
        return entry.State;
    }

    bool Find(Guid id, [MaybeNullWhen(false)] out Entry entry)
    {
        lock (_gate) return (entry = _tests.Find(t => t.Test.Id == id && !IsOver(t))) is not null;
    }

    bool IsOver(Entry entry) => clock.GetUtcNow() - entry.AskedAt >= Life;

    static TimeSpan Limited(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;

    static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    sealed class Entry(FeedTest test, Guid subjectId, IReadOnlyCollection<Guid> probes, DateTimeOffset askedAt)
    {
        readonly TaskCompletionSource<FeedTestResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Guid? _probe;

        public FeedTest Test => test;
        public Guid SubjectId => subjectId;
        public DateTimeOffset AskedAt => askedAt;
        public Task Done => _result.Task;

        public FeedTestState State => _result.Task.IsCompletedSuccessfully ? new(test.Id, "done", _result.Task.Result)
            : new(test.Id, _probe is null ? "waiting" : "running", null);

        public bool TakeBy(Guid probeId)
        {
            if (_probe is not null || !probes.Contains(probeId)) return false;
            _probe = probeId;
            return true;
        }

        public bool AnswerBy(Guid probeId, FeedTestResult result) => _probe == probeId && (_result.TrySetResult(result) || Done.IsCompleted);
    }
}
