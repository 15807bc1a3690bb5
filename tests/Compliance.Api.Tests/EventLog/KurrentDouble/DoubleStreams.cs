using System.Text.RegularExpressions;
using Compliance.Api.EventLog.Protos;
using Grpc.Core;
using static Compliance.Api.EventLog.Protos.ReadReq.Types;
using Fact = Compliance.Api.EventLog.Protos.ReadResp.Types.ReadEvent.Types.RecordedEvent;

namespace Compliance.Api.Tests.EventLog.KurrentDouble;

/// <summary>The service Streams as far as this system and its cross-check use it: one stream forwards, $all followed, appends.</summary>
sealed class DoubleStreams(DoubleNode node) : Streams.StreamsBase
{
    const int MostBytes = 1024 * 1024;
    const uint UsualWindow = 500;

    public override async Task Read(ReadReq request, IServerStreamWriter<ReadResp> responses, ServerCallContext context)
    {
        node.Admit(context);
        await (request.Options switch
        {
            { StreamOptionCase: Options.StreamOptionOneofCase.Stream, CountOptionCase: Options.CountOptionOneofCase.Count, ReadDirection: Options.Types.ReadDirection.Forwards } o =>
                ReadStream(o, responses),
            { StreamOptionCase: Options.StreamOptionOneofCase.All, CountOptionCase: Options.CountOptionOneofCase.Subscription } o =>
                Follow(o, responses, context.CancellationToken),
            _ => throw new RpcException(new(StatusCode.Unimplemented, "the double does not read that way")),
        });
    }

    public override async Task<AppendResp> Append(IAsyncStreamReader<AppendReq> requests, ServerCallContext context)
    {
        node.Admit(context);
        var fault = node.Cluster.NextFault();
        if (fault == Fault.NotReady) throw new RpcException(new(StatusCode.Unavailable, "Server Is Not Ready"));

        await requests.MoveNext();
        var options = requests.Current.Options;
        List<AppendReq.Types.ProposedMessage> proposed = [];
        while (await requests.MoveNext()) proposed.Add(requests.Current.ProposedMessage);
        if (proposed.Sum(p => p.Data.Length + p.CustomMetadata.Length + (2 * p.Metadata["type"].Length)) > MostBytes)
            throw new RpcException(new(StatusCode.InvalidArgument, $"Maximum Append Size of {MostBytes} Exceeded."), new Metadata
            {
                { "exception", "maximum-append-size-exceeded" },
                { "maximum-append-size", $"{MostBytes}" },
            });

        if (fault == Fault.LoseRequest) context.GetHttpContext().Abort();
        if (fault is Fault.LoseRequest or Fault.Timeout) throw new RpcException(new(StatusCode.Aborted, "Operation timed out: Prepare phase timeout."));
        if (fault == Fault.Conflict) return DoubleStore.Conflict(options, node.Cluster.Store.Stream(options.StreamIdentifier.StreamName.ToStringUtf8()).Length - 1);
        var answer = node.Cluster.Store.Append(options, proposed);
        if (fault == Fault.LoseAnswer) context.GetHttpContext().Abort();
        return answer;
    }

    async Task ReadStream(Options options, IServerStreamWriter<ReadResp> responses)
    {
        var facts = node.Cluster.Store.Stream(options.Stream.StreamIdentifier.StreamName.ToStringUtf8());
        if (facts.Length == 0) await responses.WriteAsync(new() { StreamNotFound = new() { StreamIdentifier = options.Stream.StreamIdentifier } });
        foreach (var fact in facts.Where(f => f.StreamRevision >= options.Stream.Revision).Take((int)Math.Min(options.Count, int.MaxValue)))
            await responses.WriteAsync(Response(fact));
    }

    async Task Follow(Options options, IServerStreamWriter<ReadResp> responses, CancellationToken ct)
    {
        var after = options.All.AllOptionCase == Options.Types.AllOptions.AllOptionOneofCase.Position ? options.All.Position.CommitPosition : 0;
        node.Cluster.FollowedFrom(after);
        var wanted = Wanted(options);
        var stride = options.Filter is { } filter ? (filter.Max == 0 ? UsualWindow : filter.Max) * filter.CheckpointIntervalMultiplier : uint.MaxValue;
        await responses.WriteAsync(new() { Confirmation = new() { SubscriptionId = $"{Guid.NewGuid()}" } }, ct);

        for (long seen = 0, caughtUp = 0; ; caughtUp++)
        {
            var grown = node.Cluster.Store.Grown;
            foreach (var fact in node.Cluster.Store.All().Where(f => f.CommitPosition > after))
            {
                if (wanted(fact)) await responses.WriteAsync(Response(fact), ct);
                after = fact.CommitPosition;
                if (++seen % stride != 0) continue;
                await responses.WriteAsync(new() { Checkpoint = new() { CommitPosition = after, PreparePosition = after } }, ct);
                if (node.Cluster.LeavesAtCheckpoint) return;
            }

            if (caughtUp == 0) await responses.WriteAsync(new() { CaughtUp = new() }, ct);
            await grown.WaitAsync(ct);
        }
    }

    static Func<Fact, bool> Wanted(Options options)
    {
        if (options.FilterOptionCase != Options.FilterOptionOneofCase.Filter) return _ => true;
        var byStream = options.Filter.FilterCase == Options.Types.FilterOptions.FilterOneofCase.StreamIdentifier;
        var expression = byStream ? options.Filter.StreamIdentifier : options.Filter.EventType;
        return fact => (byStream ? fact.StreamIdentifier.StreamName.ToStringUtf8() : fact.Metadata["type"]) is var name
            && (expression.Regex.Length > 0 ? Regex.IsMatch(name, expression.Regex) : expression.Prefix.Any(p => name.StartsWith(p, StringComparison.Ordinal)));
    }

    static ReadResp Response(Fact fact) => new() { Event = new() { Event = fact, CommitPosition = fact.CommitPosition } };
}
