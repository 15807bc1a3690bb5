using Compliance.Domain.Devices;

namespace Compliance.Probe.Tests.Judge;

public sealed class FlappingTests : JudgedCamera
{
    [Fact]
    public void A_flapping_camera_has_to_prove_itself_twice_as_long_each_time()
    {
        Online();
        foreach (var minutes in new[] { 1, 2, 4, 15, 15 })
        {
            Silence(40, Verdict.Unreachable);
            Pictures((minutes * 60) - 2);
            Assert.NotEqual(Verdict.Online, Told[^1].Verdict);
            Pictures(5);
            Assert.Equal(Verdict.Online, Told[^1].Verdict);
        }

        Assert.StartsWith("Flapping 4; ", Told[6].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recovery_of_more_than_an_hour_ago_is_not_counted_as_one_within_the_hour()
    {
        Online();
        foreach (var told in new[] { "HealthyMedia", "CameBack 2", "HealthyMedia" })
        {
            Silence(40, Verdict.Unreachable);
            Pictures(5 * 60);
            Assert.Equal((Verdict.Online, told), (Told[^1].Verdict, Told[^1].Detail));
            if (told == "CameBack 2") Pictures(61 * 60);
        }
    }

    [Fact]
    public void Flapping_is_one_notice_whatever_it_flaps_between_until_all_is_well_for_a_quarter_of_an_hour()
    {
        Online();
        foreach (var minutes in new[] { 1, 2, 4 })
        {
            Silence(40, Verdict.Unreachable);
            Pictures((minutes * 60) + 2);
        }

        Told.Clear();
        var last = LastPicture!.Value;
        for (var i = 0; i < 4; i++)
        {
            Silence(40, i % 2 == 0 ? Verdict.Unreachable : Verdict.NoStream);
            Pictures(9 * 60);
            Look(Verdict.Covered, Verdict.Covered, Verdict.Covered, null, null, null);
            Window(3);
        }

        Assert.Equal((Verdict.Unreachable, last), (Assert.Single(Told).Verdict, Told[0].Since));
        Silence(40, Verdict.Stalled);
        var well = Now.AddSeconds(1);
        Pictures(14 * 60);
        Silence(10, Verdict.Unreachable);
        Assert.Single(Told);
        Pictures(2 * 60);
        Assert.Equal((Verdict.Online, well), (Told[^1].Verdict, Told[^1].Since));
    }

    [Fact]
    public void A_picture_fault_that_comes_and_goes_flaps_too()
    {
        Online();
        for (var i = 0; i < 3; i++) Look(Verdict.Covered, Verdict.Covered, Verdict.Covered, null, null, null);
        Assert.Equal(6, Told.Count);
        for (var i = 0; i < 9; i++) Look(Verdict.Black, Verdict.Black, Verdict.Black, null, null, null);
        Assert.StartsWith("Flapping ", Assert.Single(Told[6..]).Detail, StringComparison.Ordinal);
        Pictures(15 * 60);
        Assert.Equal(Verdict.Online, Told[^1].Verdict);
    }
}
