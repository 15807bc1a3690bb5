using Compliance.Domain.Devices;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.Look;

/// <summary>Real clips in which nothing was tampered with, where they lie beside the repository: every tenth of the short ones, and the long ones.</summary>
public sealed class FootageTests
{
    static readonly DateTimeOffset Evening = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Nothing_is_told_of_cameras_that_nobody_touched()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        Assert.SkipWhen(RealFootage.Folder is null, "no footage lies beside the repository");
        foreach (var (file, rate) in RealFootage.Clips.Where((clip, i) => clip.PicturesASecond < 1 || i % 10 == 0))
        {
            var (history, now, streak) = (new PictureHistory(new()), Evening, Streak.None);
            history.Approve();
            foreach (var luma in await RealFootage.Gray(file, rate, GrayPicture.Width, GrayPicture.Height, TestContext.Current.CancellationToken))
            {
                streak = streak.Add(history.Look(new(luma), now += LabelledSet.Every).Fault, now);
                Assert.True(streak.What is null || streak.Count < new JudgeSettings().Looks, $"{streak.What} was told of {Path.GetFileName(file)}");
            }
        }
    }
}
