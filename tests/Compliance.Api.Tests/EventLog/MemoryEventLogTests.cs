using Compliance.Domain.Kernel;

namespace Compliance.Api.Tests.EventLog;

public sealed class MemoryEventLogTests : EventLogContract
{
    protected override Task<IEventLog> Open() => Task.FromResult<IEventLog>(new MemoryEventLog(TimeProvider.System));
}
