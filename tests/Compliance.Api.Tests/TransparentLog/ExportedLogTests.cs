using System.Text;
using Compliance.Api.EventLog;
using Compliance.Api.Evidence;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.EventLog.KurrentDouble;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Api.Tests.TransparentLog;

/// <summary>A log taken out of whatever store keeps it, as files: they hold, and what is done to them is found, the same everywhere.</summary>
public sealed class ExportedLogTests : IDisposable
{
    readonly TempFolder _folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Out => _folder["exported"];

    string Facts => Path.Combine(Out, ExportedLogCopy.FactsFile);

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("memory"), InlineData("sqlite"), InlineData("kurrent")]
    public async Task It_holds_and_each_thing_done_to_it_is_found(string store)
    {
        using var signed = await Exported(store);
        var whole = await File.ReadAllLinesAsync(Facts, Ct);
        Assert.Equal(SignedLog.Size, whole.Length);
        var (code, said) = await Verify("log", Out, "--key", signed.Identity.Signer.Key.ToString());
        Assert.True(code == 0, said);
        Assert.DoesNotContain("open ", said, StringComparison.Ordinal);
        Assert.Equal((0, true), await Tampered(whole));

        await Finds(Tampering.Payload, lines => lines[6] = lines[6].Replace("capacity\":250", "capacity\":251", StringComparison.Ordinal).Replace("capacity\\\":250", "capacity\\\":251", StringComparison.Ordinal));
        await Finds(Tampering.Metadata, lines => lines[6] = lines[6].Replace("\"actor\":\"user:", "\"actor\":\"user:x", StringComparison.Ordinal));
        await Finds(Tampering.Order, lines => (lines[6], lines[9]) = (lines[9], lines[6]));
        await Finds(Tampering.Missing, lines => lines.RemoveAt(6));
        await Finds(Tampering.Inserted, lines => lines.Insert(6, lines[6].Replace("\"revision\":", "\"revision\":9", StringComparison.Ordinal)));
        await Finds(Tampering.Damaged, lines => lines[6] = lines[6][..40]);

        async Task Finds(Tampering what, Action<List<string>> spoil)
        {
            var lines = whole.ToList();
            spoil(lines);
            Assert.NotEqual(whole, lines);
            await File.WriteAllTextAsync(Facts, string.Concat(lines.Select(line => $"{line}\n")), Ct);
            Assert.Equal(1, (await Verify("log", Out)).Code);
            var (found, text) = await Verify("tamper", Out, "--json");
            Assert.True(found == 1 && text.Contains($"\"is\":\"{what}\",\"leaf\":6", StringComparison.Ordinal), $"{what}: {text}");
        }

        async Task<(int, bool)> Tampered(string[] lines) => await Verify("tamper", Out) is var (c, text) ? (c, text.Contains("is the one that was signed", StringComparison.Ordinal)) : default;
    }

    [Fact]
    public async Task What_is_no_log_is_told_so()
    {
        Directory.CreateDirectory(Out);
        await File.WriteAllTextAsync(Path.Combine(Out, "x"), "no database", Ct);
        Assert.Equal(1, (await Verify("log", Path.Combine(Out, "x"))).Code);
        Assert.Contains("no SQLite file", (await Verify("tamper", Path.Combine(Out, "x"))).Said, StringComparison.Ordinal);
        Assert.Contains("is no log", (await Verify("log", Out)).Said, StringComparison.Ordinal);
        Assert.Equal(2, (await Verify("log")).Code);
        Assert.Equal(2, (await Verify("tamper", "https://records.example.kz/tlog/")).Code);
        Assert.Equal(2, (await Verify("log", Out, "--head", "nowhere")).Code);
    }

    [Fact]
    public async Task A_check_can_be_stopped()
    {
        using var signed = await Exported("sqlite");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await using var said = new StringWriter();
        Assert.Equal(130, await VerifyCommand.Run(["log", Out], said, stop.Token));
        Assert.Contains("Interrupted", said.ToString(), StringComparison.Ordinal);
    }

    async Task<SignedLog> Exported(string store)
    {
        var clock = new ShiftedClock();
        if (store == "sqlite")
        {
            var onDisk = await SignedLog.OnSqlite();
            await Write(new SqliteLogCopy(Path.Combine(onDisk.Folder, "log.db"), Path.Combine(onDisk.Folder, "tree.db"), onDisk.Identity.Secret, onDisk.Identity.Signer.Key));
            return onDisk;
        }

        await using var cluster = await DoubleCluster.Start(3);
        using var kurrent = new KurrentEventLog(KurrentConnectionString.Parse(cluster.Address), clock, NullLogger<KurrentEventLog>.Instance);
        IEventLog log = store == "kurrent" ? kurrent : new MemoryEventLog(clock);
        var signed = await SignedLog.On(log, clock);
        await Write(new OpenLogCopy(log, Path.Combine(signed.Folder, "tree.db"), signed.Identity));
        return signed;
    }

    async Task Write(ILogCopy copy)
    {
        await using var said = new StringWriter();
        Assert.True(await ExportLogCommand.Write(Out, copy, said, Ct) == 0, said.ToString());
    }

    static async Task<(int Code, string Said)> Verify(params string[] args)
    {
        await using var said = new StringWriter(new StringBuilder());
        return (await VerifyCommand.Run(args, said, Ct), said.ToString());
    }
}
