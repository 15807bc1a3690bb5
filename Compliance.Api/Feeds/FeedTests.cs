using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;

namespace Compliance.Api.Feeds;

/// <summary>
/// Feed tests on their way from a person to a probe and back. In memory, few and short-lived: they hold a password that
/// nobody has asked us to keep.
/// </summary>
sealed class FeedTests(TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);
    const int MostWaiting = 64;

    readonly ConcurrentDictionary<Guid, Entry> _tests = [];
    readonly Channel<Guid> _waiting = Channel.CreateBounded<Guid>(MostWaiting);

    /// <summary>False when too many wait already. The same id asked again is the same test.</summary>
    public bool Ask(FeedTestRequest request, Guid subjectId)
    {
        Forget();
        var entry = new Entry(new(request.Id, request.Uri, request.UserName, request.Password), subjectId, clock.GetUtcNow());
        if (!_tests.TryAdd(request.Id, entry)) return true;
        if (_waiting.Writer.TryWrite(request.Id)) return true;
        _tests.TryRemove(request.Id, out _);
        return false;
    }

    /// <summary>The next test for a probe that has time; null when nobody asked within <paramref name="wait"/>.</summary>
    public async Task<FeedTest?> Take(Guid probeId, TimeSpan wait, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Most(wait), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            while (true)
            {
                var id = await _waiting.Reader.ReadAsync(either.Token);
                if (Find(id, out var entry) && entry.TakeBy(probeId)) return entry.Test;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>False when this probe was not given that test, or it is forgotten.</summary>
    public bool Answer(Guid id, Guid probeId, FeedTestResult result) => Find(id, out var entry) && entry.AnswerBy(probeId, result);

    /// <summary>How the test of that person stands, at once when it is done, else after <paramref name="wait"/>.</summary>
    public async Task<FeedTestState?> Watch(Guid id, Guid subjectId, TimeSpan wait, CancellationToken ct)
    {
        if (!Find(id, out var entry) || entry.SubjectId != subjectId) return null;
        await Task.WhenAny(entry.Done, Task.Delay(Most(wait), clock, ct));
        return entry.State;
    }

    bool Find(Guid id, [MaybeNullWhen(false)] out Entry entry) =>
        _tests.TryGetValue(id, out entry) && clock.GetUtcNow() - entry.AskedAt < Life;

    void Forget()
    {
        foreach (var (id, entry) in _tests)
            if (clock.GetUtcNow() - entry.AskedAt >= Life) _tests.TryRemove(id, out _);
    }

    static TimeSpan Most(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;

    sealed class Entry(FeedTest test, Guid subjectId, DateTimeOffset askedAt)
    {
        readonly TaskCompletionSource<FeedTestResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Guid? _probe;

        public FeedTest Test => test;
        public Guid SubjectId => subjectId;
        public DateTimeOffset AskedAt => askedAt;
        public Task Done => _result.Task;

        public FeedTestState State => _result.Task.IsCompletedSuccessfully ? new(test.Id, "done", _result.Task.Result)
            : new(test.Id, _probe is null ? "waiting" : "running", null);

        public bool TakeBy(Guid probeId) => (_probe ??= probeId) == probeId;

        public bool AnswerBy(Guid probeId, FeedTestResult result) => _probe == probeId && (_result.TrySetResult(result) || Done.IsCompleted);
    }
}
