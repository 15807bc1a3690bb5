using System.Diagnostics.CodeAnalysis;

namespace Compliance.Api.Feeds;

/// <summary>What became of asking.</summary>
enum Asked { Accepted, TooManyOfYours, TooMany }

/// <summary>
/// Questions on their way from a person to a probe of the venue and back. In memory, few and short-lived: they may hold a password
/// that nobody has asked us to keep, and no probe but those of the venue gets to see them.
/// </summary>
abstract class Errands<TAsk, TAnswer>(TimeProvider clock, Func<TAsk, Guid> idOf) where TAsk : class where TAnswer : class
{

    protected static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    protected static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    /// <summary>Not answered yet: of one person, and of all together.</summary>
    public const int MostOfOne = 8, Most = 64;

    readonly Lock _gate = new();
    readonly List<Entry> _tests = []; // oldest first
    TaskCompletionSource _bell = NewBell();

    /// <summary>The same id asked again is the same question.</summary>
    public Asked Ask(TAsk test, Guid subjectId, IReadOnlyCollection<Guid> probes)
    {
        lock (_gate)
        {
            _tests.RemoveAll(t => IsOver(t));
            if (_tests.Exists(t => idOf(t.Test) == idOf(test))) return Asked.Accepted;
            if (_tests.Count(t => t.SubjectId == subjectId && !t.Done.IsCompleted) >= MostOfOne) return Asked.TooManyOfYours;
            if (_tests.Count(t => !t.Done.IsCompleted) >= Most) return Asked.TooMany;
            _tests.Add(new(test, subjectId, probes, clock.GetUtcNow()));
            var bell = _bell;
            _bell = NewBell();
            bell.SetResult();
            return Asked.Accepted;
        }
    }

    /// <summary>The next question for this probe; null when nobody asked within <paramref name="wait"/>.</summary>
    public async Task<TAsk?> Take(Guid probeId, TimeSpan wait, CancellationToken ct)
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

    /// <summary>False when this probe was not given that question, or it is forgotten.</summary>
    protected bool Answer(Guid id, Guid probeId, Func<Guid, TAnswer> told) => Find(id, out var entry) && entry.AnswerBy(probeId, told(entry.SubjectId));

    /// <summary>How the question of that person stands, at once when it is answered, else after <paramref name="wait"/>.</summary>
    protected async Task<(string State, TAnswer? Result)?> Stands(Guid id, Guid subjectId, TimeSpan wait, CancellationToken ct)
    {
        if (!Find(id, out var entry) || entry.SubjectId != subjectId) return null;
        await Task.WhenAny(entry.Done, Task.Delay(Limited(wait), clock, ct));
        return entry.State;
    }

    bool Find(Guid id, [MaybeNullWhen(false)] out Entry entry)
    {
        lock (_gate) return (entry = _tests.Find(t => idOf(t.Test) == id && !IsOver(t))) is not null;
    }

    bool IsOver(Entry entry) => clock.GetUtcNow() - entry.AskedAt >= Life;

    static TimeSpan Limited(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;

    static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    sealed class Entry(TAsk test, Guid subjectId, IReadOnlyCollection<Guid> probes, DateTimeOffset askedAt)
    {
        readonly TaskCompletionSource<TAnswer> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Guid? _probe;

        public TAsk Test => test;
        public Guid SubjectId => subjectId;
        public DateTimeOffset AskedAt => askedAt;
        public Task Done => _result.Task;

        public (string, TAnswer?) State => _result.Task.IsCompletedSuccessfully ? ("done", _result.Task.Result) : (_probe is null ? "waiting" : "running", null);

        public bool TakeBy(Guid probeId)
        {
            if (_probe is not null || !probes.Contains(probeId)) return false;
            _probe = probeId;
            return true;
        }

        public bool AnswerBy(Guid probeId, TAnswer result) => _probe == probeId && (_result.TrySetResult(result) || Done.IsCompleted);
    }
}
