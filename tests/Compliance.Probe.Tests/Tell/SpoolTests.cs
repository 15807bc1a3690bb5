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
        using var spool = new Spool(_folder["spool.db"], limit: 3);
        spool.Keep(Some.Verdicts(3));
        Assert.Contains("3 observations", Assert.Throws<SpoolFull>(() => spool.Keep([Some.Verdict(9)])).Message, StringComparison.Ordinal);
        Assert.Equal(3, spool.Oldest(10).Count);
    }

    /// <summary>This test program again, as a child that keeps one observation after the other and says each aloud once it is kept.</summary>
    [Fact]
    public async Task Whatever_was_kept_before_kill_9_is_there_afterwards()
    {
        var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["spool", _folder["spool.db"]]) { RedirectStandardOutput = true })!;
        var kept = 0;
        while (kept < 50) kept = int.Parse((await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, System.Globalization.CultureInfo.InvariantCulture);
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var spool = Open();
        Assert.True(spool.Depth >= kept, $"{spool.Depth} of {kept}");
        Assert.Equal(Enumerable.Range(1, spool.Depth).Select(Some.Verdict), spool.Oldest(int.MaxValue));
    }

    public void Dispose() => _folder.Dispose();

    Spool Open() => new(_folder["spool.db"]);
}
