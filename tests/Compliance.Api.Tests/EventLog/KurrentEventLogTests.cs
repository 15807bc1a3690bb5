using System.Diagnostics;
using Compliance.Api.EventLog;
using Compliance.Api.Tests.EventLog.KurrentDouble;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Api.Tests.EventLog;

/// <summary>The contract against the double: one node that loses its process and comes back.</summary>
public sealed class KurrentSingleNodeTests() : KurrentDoubleTests(nodes: 1);

/// <summary>The contract against the double: three nodes, discovered, whose leader dies.</summary>
public sealed class KurrentThreeNodeTests() : KurrentDoubleTests(nodes: 3);

public abstract class KurrentDoubleTests(int nodes) : KurrentEventLogContract
{
    DoubleCluster _double = null!;

    protected override string Address => _double.Address;

    protected override Func<Task> Restart => _double.KillLeader;

    public override async ValueTask InitializeAsync()
    {
        _double = await DoubleCluster.Start(nodes);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _double.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>
/// The contract against a real server at KURRENTDB_URL. KURRENTDB_RESTART may hold a shell command that kills and restarts it.
/// </summary>
public sealed class KurrentServerTests : KurrentEventLogContract
{
    protected override string Address => Environment.GetEnvironmentVariable("KURRENTDB_URL") ?? "";

    protected override Func<Task>? Restart =>
        Environment.GetEnvironmentVariable("KURRENTDB_RESTART") is { Length: > 0 } command
            ? async () =>
            {
                using var shell = Process.Start("/bin/sh", ["-c", command]);
                await shell.WaitForExitAsync(Ct);
                Assert.Equal(0, shell.ExitCode);
            }
            : null;

    LogPosition _beginning;

    protected override LogPosition Beginning => _beginning;

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Address.Length == 0, "KURRENTDB_URL names no server");
        await base.InitializeAsync();
        var venue = Facts.NewVenue();
        _beginning = (await Log.Append(venue, -1, [Facts.Registered(venue)], new(Guid.NewGuid(), "user:test"), Ct))!.Position;
    }
}

public abstract class KurrentEventLogContract : EventLogContract
{
    readonly List<KurrentEventLog> _opened = [];

    protected abstract string Address { get; }

    protected override Task<IEventLog> Open()
    {
        _opened.Add(new(KurrentConnectionString.Parse(Address), TimeProvider.System, NullLogger<KurrentEventLog>.Instance));
        return Task.FromResult<IEventLog>(_opened[^1]);
    }

    protected override Func<Task<IEventLog>> Reopen => () =>
    {
        _opened[^1].Dispose();
        return Open();
    };

    [Fact]
    public Task The_vendors_own_client_and_our_adapter_understand_each_other() => KurrentCrossCheck.Run(Address, Ct);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _opened.ForEach(log => log.Dispose());
        GC.SuppressFinalize(this);
    }
}
