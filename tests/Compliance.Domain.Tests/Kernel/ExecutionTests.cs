using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Domain.Tests.Kernel;

public sealed class ExecutionTests
{
    static readonly Guid Box = new("00000000-0000-0000-0000-0000000000bb");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<Executed> Send(MemoryEventLog log, int id, ProbeCommand command, long? ifRevision = null) =>
        log.Execute(Probe.Decider, Box, command, new(EventIds.From(Guid.Empty, $"{id}"), "user:test"), Ct, ifRevision);

    [Fact]
    public async Task A_retry_writes_nothing_even_when_others_wrote_in_between()
    {
        var log = new MemoryEventLog(TimeProvider.System);
        await Send(log, 1, new ProbeCommand.Enrol(Box, "1"));
        var first = await Send(log, 2, new ProbeCommand.Assign(Venue));
        await Send(log, 3, new ProbeCommand.Unassign(Venue));
        Assert.Equal(first, await Send(log, 2, new ProbeCommand.Assign(Venue)));
        Assert.Equal(3, await log.Read(new("probe", Box), Ct).CountAsync(Ct));
    }

    [Fact]
    public async Task Who_decided_on_an_older_revision_is_told_so_unless_nothing_would_change()
    {
        var log = new MemoryEventLog(TimeProvider.System);
        await Send(log, 1, new ProbeCommand.Enrol(Box, "1"));
        await Send(log, 2, new ProbeCommand.Assign(Venue));
        Assert.True((await Send(log, 3, new ProbeCommand.Unassign(Venue), ifRevision: 0)).Stale);
        Assert.False((await Send(log, 4, new ProbeCommand.Assign(Venue), ifRevision: 0)).Stale);
        Assert.False((await Send(log, 5, new ProbeCommand.Unassign(Venue), ifRevision: 1)).Stale);
    }

    [Fact]
    public async Task A_refusal_writes_nothing()
    {
        var log = new MemoryEventLog(TimeProvider.System);
        var refused = await Send(log, 1, new ProbeCommand.Assign(Venue));
        Assert.Equal(("probe.unknown", -1), (refused.Refusal?.Code, refused.Revision));
        Assert.Empty(await log.Read(new("probe", Box), Ct).ToArrayAsync(Ct));
    }
}
