using System.Diagnostics.CodeAnalysis;

namespace Compliance.Api.Feeds;

/// <summary>What became of asking.</summary>
enum Asked { Accepted, TooManyOfYours, TooMany }

/// <summary>
/// Questions on their way from a person to a probe of the venue and back. In memory, few and short-lived: they may hold a password
/// that nobody has asked us to keep, and no probe but those of the venue gets to see them.
/// </summary>
abstract class Errands<TAsk, TAnswer>(
    TimeProvider clock, Func<TAsk, Guid> idOf, int mostOfOne = Errands<TAsk, TAnswer>.MostOfOne, int most = Errands<TAsk, TAnswer>.Most) where TAsk : class where TAnswer : class
{
    protected static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    protected static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    /// <summary>Not answered yet: of one person, and of all together.</summary>
    public const int MostOfOne = 8, Most = 64;

    readonly Lock _gate = new();
    readonly List<Errand> _errands = []; // oldest first
    TaskCompletionSource _bell = NewBell();

    /// <summary>The same id asked again is the same question.</summary>
    public Asked Ask(TAsk ask, Guid subjectId, IReadOnlyCollection<Guid> probes)
    {
        lock (_gate)
        {
            _errands.RemoveAll(e => IsOver(e));
            if (_errands.Exists(e => idOf(e.Asks) == idOf(ask))) return Asked.Accepted;
            if (_errands.Count(e => e.SubjectId == subjectId && !e.Done.IsCompleted) >= mostOfOne) return Asked.TooManyOfYours;
            if (_errands.Count(e => !e.Done.IsCompleted) >= most) return Asked.TooMany;
            _errands.Add(new(ask, subjectId, probes, clock.GetUtcNow()));
            var bell = _bell;
            _bell = NewBell();
            bell.SetResult();
            return Asked.Accepted;
        }
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Drop(Guid id)
    {
        lock (_gate) _errands.RemoveAll(e => idOf(e.Asks) == id);
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
                if (_errands.Find(e => !IsOver(e) && e.TakeBy(probeId)) is { } taken) return taken.Asks;
                bell = _bell.Task;
            }

            if (await Task.WhenAny(bell, patience) == patience) return null;
        }
    }

    /// <summary>False when this probe was not given that question, or it is forgotten.</summary>
    protected bool Answer(Guid id, Guid probeId, Func<Guid, TAsk, TAnswer> told) => Find(id, out var errand) && errand.AnswerBy(probeId, told(errand.SubjectId, errand.Asks));

    /// <summary>How the question of that person stands, at once when it is answered, else after <paramref name="wait"/>.</summary>
    protected async Task<(string State, TAnswer? Result)?> Stands(Guid id, Guid subjectId, TimeSpan wait, CancellationToken ct)
    {
        if (!Find(id, out var errand) || errand.SubjectId != subjectId) return null;
        await Task.WhenAny(errand.Done, Task.Delay(Limited(wait), clock, ct));
        return errand.State;
    }

    bool Find(Guid id, [MaybeNullWhen(false)] out Errand errand)
    {
        lock (_gate) return (errand = _errands.Find(e => idOf(e.Asks) == id && !IsOver(e))) is not null;
    }

    bool IsOver(Errand errand) => clock.GetUtcNow() - errand.AskedAt >= Life;

    static TimeSpan Limited(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;

    static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    sealed class Errand(TAsk ask, Guid subjectId, IReadOnlyCollection<Guid> probes, DateTimeOffset askedAt)
    {
        readonly TaskCompletionSource<TAnswer> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Guid? _probe;

        public TAsk Asks => ask;
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
