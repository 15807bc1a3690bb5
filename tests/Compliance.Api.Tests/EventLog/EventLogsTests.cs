using Compliance.Api.EventLog;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Api.Tests.EventLog;

/// <summary>One setting chooses the log.</summary>
public sealed class EventLogsTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Memory_is_for_a_log_that_forgets() => Assert.IsType<MemoryEventLog>(Open("memory:"));

    [Theory]
    [InlineData("kurrentdb://localhost:2113?tls=false")]
    [InlineData("esdb+discover://user:password@one,two,three")]
    public void Any_name_of_kurrent_opens_kurrent(string setting) => Assert.IsType<KurrentEventLog>(Open(setting), exactMatch: true);

    [Fact]
    public async Task A_path_opens_sqlite_and_makes_its_folder()
    {
        await using var log = Assert.IsType<SqliteEventLog>(Open($"sqlite:{_folder["new/folder/facts.db"]}"));
        Assert.True(File.Exists(_folder["new/folder/facts.db"]));
    }

    [Fact]
    public async Task Without_the_setting_the_log_stands_in_the_data_folder()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Data", _folder["data"])]).Build();
        await using var log = Assert.IsType<SqliteEventLog>(EventLogs.Open(settings, new DataFolder(settings), TimeProvider.System, NullLoggerFactory.Instance));
        Assert.True(File.Exists(_folder["data/log.db"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sqlite:")]
    [InlineData("memory:please")]
    [InlineData("postgres://secret@somewhere")]
    public void Anything_else_is_refused_without_repeating_it(string setting) => Assert.Equal(
        "The setting EventLog names no log; say sqlite:path, kurrentdb://host:2113 or memory:",
        Assert.Throws<FormatException>(() => Open(setting)).Message);

    static IEventLog Open(string setting) => EventLogs.Open(setting, TimeProvider.System, NullLoggerFactory.Instance);
}
