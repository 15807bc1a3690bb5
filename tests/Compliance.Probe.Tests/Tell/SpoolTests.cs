using System.Diagnostics;
using Compliance.Domain.Probes;
using Compliance.Probe.Tell;

namespace Compliance.Probe.Tests.Tell;

public sealed class SpoolTests : IDisposable
{
    readonly Folder _folder = new();

    [Fact]
    public void What_was_kept_comes_out_whole_and_in_order_after_a_restart()
    {
        using (var spool = Open()) spool.Keep(Some.Verdicts(5));
        using var again = Open();
        Assert.Equal(5, again.Depth);
        Assert.Equal<Observation>(Some.Verdicts(3), again.Oldest(3));
    }

    [Fact]
    public void Asked_again_without_an_answer_it_gives_the_same_and_after_it_the_next()
    {
        using var spool = Open();
        spool.Keep(Some.Verdicts(4));
        Assert.Equal(spool.Oldest(2), spool.Oldest(2));
        spool.Settle([.. spool.Oldest(2).Select(o => new ObservationAnswer(o.Id, null))]);
        Assert.Equal<Observation>(Some.Verdicts(4)[2..], spool.Oldest(10));
    }

    [Fact]
    public void The_same_observation_kept_twice_waits_once()
    {
        using var spool = Open();
        spool.Keep(Some.Verdicts(2));
        spool.Keep(Some.Verdicts(3));
        Assert.Equal(3, spool.Depth);
    }

    [Fact]
    public void A_refused_one_is_set_aside_and_stands_in_nobodys_way()
    {
        using (var spool = Open())
        {
            spool.Keep(Some.Verdicts(2));
            spool.Settle([new(Some.Verdict(1).Id, "device.retired")]);
            Assert.Equal([Some.Verdict(2)], spool.Oldest(10));
            Assert.Equal((1, 1), (spool.Depth, spool.Refused));
        }

        using var again = Open();
        Assert.Equal((1, 1), (again.Depth, again.Refused));
    }

    [Fact]
    public void A_full_spool_says_so_and_keeps_what_it_has()
    {
        using var spool = new Spool(new(_folder["spool.db"]), limit: 3);
        spool.Keep(Some.Verdicts(3));
        Assert.Contains("3 observations", Assert.Throws<SpoolFull>(() => spool.Keep([Some.Verdict(9)])).Message, StringComparison.Ordinal);
        Assert.Equal(3, spool.Oldest(10).Count);
    }

    /// <summary>This test program again, as a child that keeps one observation after the other and says each aloud once it is kept.</summary>
    [Fact]
    public async Task Whatever_was_kept_before_kill_9_is_there_afterwards()
    {
        using var child = Child();
        var kept = 0;
        while (kept < 50) kept = int.Parse((await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, System.Globalization.CultureInfo.InvariantCulture);
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var spool = Open();
        Assert.True(spool.Depth >= kept, $"{spool.Depth} of {kept}");
        Assert.Equal(Enumerable.Range(1, spool.Depth).Select(Some.Verdict), spool.Oldest(int.MaxValue));
    }

    [Fact]
    public void Of_the_dead_letters_the_newest_are_kept_and_all_are_counted()
    {
        using (var spool = new Spool(new(_folder["spool.db"]), deadLetters: 3))
        {
            spool.Keep(Some.Verdicts(10));
            spool.Settle([.. Some.Verdicts(9).Select(o => new ObservationAnswer(o.Id, "device.retired"))]);
            Assert.Equal<Observation>(Some.Verdicts(9)[6..], spool.DeadLetters());
            Assert.Equal((1, 9), (spool.Depth, spool.Refused));
        }

        using var again = Open();
        Assert.Equal(9, again.Refused);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    public void A_damaged_file_is_set_aside_whole_and_a_new_one_begun(int page)
    {
        using (var spool = Open()) spool.Keep(Some.Verdicts(500));
        var bytes = File.ReadAllBytes(_folder["spool.db"]);
        bytes.AsSpan(page * 4096, 4096).Fill(0xA5);
        File.WriteAllBytes(_folder["spool.db"], bytes);

        for (var start = 0; start < 2; start++)
        {
            using var file = new ProbeFile(_folder["spool.db"]);
            using var spool = new Spool(file);
            Assert.Equal(start == 0 ? _folder["spool.db.damaged-1"] : null, file.SetAside?.Place);
            Assert.Equal(start, spool.Depth);
            spool.Keep([Some.Verdict(1)]);
        }

        Assert.Equal(bytes, File.ReadAllBytes(_folder["spool.db.damaged-1"]));
    }

    [Theory]
    [InlineData("UPDATE waiting SET body = substr(body, 9) WHERE place = 2")]
    [InlineData("UPDATE waiting SET body = 'null' WHERE place = 2")]
    [InlineData("UPDATE waiting SET id = 'x' WHERE place = 2")]
    public void What_the_disk_spoiled_is_set_aside_and_stands_in_nobodys_way(string spoil)
    {
        using var file = new ProbeFile(_folder["spool.db"]);
        using var spool = new Spool(file);
        spool.Keep(Some.Verdicts(3));
        file.Run(spoil);
        Assert.Equal<Observation>([Some.Verdict(1), Some.Verdict(3)], spool.Oldest(10));
        Assert.Equal((2, 1), (spool.Depth, spool.Refused));
        Assert.Empty(spool.DeadLetters());
    }

    [Fact]
    public async Task On_a_full_disk_what_was_kept_stays_and_all_goes_on_in_order_when_there_is_room()
    {
        using var child = Child();
        var (kept, full) = (0, 0);
        while (kept < 40)
        {
            var said = (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
            if (said != "full")
            {
                kept = int.Parse(said, System.Globalization.CultureInfo.InvariantCulture);
                if (kept == 3) LimitFileSize(child.Id, "150000:unlimited");
                continue;
            }

            full++;
            using (var spool = Open()) Assert.Equal(Enumerable.Range(1, kept).Select(Some.Verdict), spool.Oldest(int.MaxValue));
            LimitFileSize(child.Id, "unlimited:unlimited");
            await child.StandardInput.WriteLineAsync();
            await child.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        }

        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, full);
        using var after = Open();
        Assert.Equal(Enumerable.Range(1, after.Depth).Select(Some.Verdict), after.Oldest(int.MaxValue));
    }

    public void Dispose() => _folder.Dispose();

    Process Child() => Process.Start(new ProcessStartInfo("bash", ["-c", SurvivingFullDisk, Environment.ProcessPath!, "spool", _folder["spool.db"]]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>A shell line: a write beyond the limit is an error, as on a full disk, and not a signal that kills.</summary>
    internal const string SurvivingFullDisk = "trap '' XFSZ; exec \"$0\" \"$@\"";

    /// <summary>No file of that process grows beyond this: to it, the disk is full.</summary>
    internal static void LimitFileSize(int process, string bytes)
    {
        using var prlimit = Process.Start("prlimit", [$"--pid={process}", $"--fsize={bytes}"]);
        prlimit.WaitForExit();
        Assert.Equal(0, prlimit.ExitCode);
    }

    Spool Open() => new(new(_folder["spool.db"]));
}
