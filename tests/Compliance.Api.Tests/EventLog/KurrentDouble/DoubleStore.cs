using Compliance.Api.EventLog.Protos;
using Fact = Compliance.Api.EventLog.Protos.ReadResp.Types.ReadEvent.Types.RecordedEvent;

namespace Compliance.Api.Tests.EventLog.KurrentDouble;

/// <summary>What the double keeps; it outlives the double's hosts as a disk outlives a process. Positions have gaps, as the real ones do.</summary>
sealed class DoubleStore
{
    readonly Lock _gate = new();
    readonly List<Fact> _all = [];
    readonly Dictionary<string, List<Fact>> _streams = [];
    TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when something is written after this call.</summary>
    public Task Grown
    {
        get { lock (_gate) return _grown.Task; }
    }

    public Fact[] All()
    {
        lock (_gate) return [.. _all];
    }

    public Fact[] Stream(string name)
    {
        lock (_gate) return [.. _streams.GetValueOrDefault(name) ?? []];
    }

    /// <summary>The real server's rule: the same ids right after the expected revision are the same append, and anything else there is a conflict.</summary>
    public AppendResp Append(AppendReq.Types.Options options, IReadOnlyList<AppendReq.Types.ProposedMessage> proposed)
    {
        lock (_gate)
        {
            var name = options.StreamIdentifier.StreamName.ToStringUtf8();
            var history = _streams.GetValueOrDefault(name) ?? [];
            var current = history.Count - 1;
            var expected = options.ExpectedStreamRevisionCase switch
            {
                AppendReq.Types.Options.ExpectedStreamRevisionOneofCase.Revision => (int)options.Revision,
                AppendReq.Types.Options.ExpectedStreamRevisionOneofCase.NoStream => -1,
                _ => current,
            };
            var there = history.Skip(expected + 1).Take(proposed.Count).ToArray();
            if (expected < current && there.Select(f => f.Id).SequenceEqual(proposed.Select(p => p.Id))) return Success(there[^1]);
            if (expected != current) return Conflict(options, current);

            history.AddRange(proposed.Select((p, i) => Stored(options.StreamIdentifier, p, current + 1 + i)));
            _streams[name] = history;
            Interlocked.Exchange(ref _grown, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            return Success(history[^1]);
        }
    }

    Fact Stored(StreamIdentifier stream, AppendReq.Types.ProposedMessage proposed, int revision)
    {
        var position = (_all.Count == 0 ? 0 : _all[^1].CommitPosition) + 100 + (ulong)proposed.Data.Length;
        var fact = new Fact
        {
            Id = proposed.Id,
            StreamIdentifier = stream,
            StreamRevision = (ulong)revision,
            CommitPosition = position,
            PreparePosition = position,
            Metadata = { proposed.Metadata },
            CustomMetadata = proposed.CustomMetadata,
            Data = proposed.Data,
        };
        fact.Metadata["created"] = $"{(DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks}";
        _all.Add(fact);
        return fact;
    }

    static AppendResp Success(Fact last) => new()
    {
        Success = new()
        {
            CurrentRevision = last.StreamRevision,
            Position = new() { CommitPosition = last.CommitPosition, PreparePosition = last.PreparePosition },
        },
    };

    public static AppendResp Conflict(AppendReq.Types.Options options, int current)
    {
        var conflict = new AppendResp.Types.WrongExpectedVersion();
        if (current < 0) conflict.CurrentNoStream = new();
        else conflict.CurrentRevision = (ulong)current;
        if (options.ExpectedStreamRevisionCase == AppendReq.Types.Options.ExpectedStreamRevisionOneofCase.Revision) conflict.ExpectedRevision = options.Revision;
        else conflict.ExpectedNoStream = new();
        return new() { WrongExpectedVersion = conflict };
    }
}
