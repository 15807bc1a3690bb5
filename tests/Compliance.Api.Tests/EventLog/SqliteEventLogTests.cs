using Compliance.Api.EventLog;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Tests.EventLog;

public sealed class SqliteEventLogTests : EventLogContract
{
    readonly TempFolder _folder = new();
    SqliteEventLog? _log;

    protected override Task<IEventLog> Open() =>
        Task.FromResult<IEventLog>(_log = new SqliteEventLog(_folder["log.db"], TimeProvider.System));

    protected override Func<Task<IEventLog>> Reopen => async () =>
    {
        await _log!.DisposeAsync();
        return await Open();
    };

    public override async ValueTask DisposeAsync()
    {
        await _log!.DisposeAsync();
        _folder.Dispose();
        await base.DisposeAsync();
    }
}
