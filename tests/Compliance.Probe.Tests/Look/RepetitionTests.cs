using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.Look;

/// <summary>Nights of invented rooms, some of which are loops, looked at every seven seconds.</summary>
public sealed class RepetitionTests
{
    static readonly DateTimeOffset Evening = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_loop_is_found_by_its_bytes()
    {
        var (at, finding) = await Look(new(5, 60, Period: 25, People: 4));
        Assert.Equal((Verdict.LoopedOrReplayed, Reason.PicturesRepeat), (finding.Fault, Detail.Read(finding.Evidence)![0].Reason));
        Assert.Equal(25 + 5 - 1, at);
    }

    [Fact]
    public async Task A_loop_that_is_coded_anew_under_a_running_clock_is_found_by_its_scenes()
    {
        var (at, finding) = await Look(new(6, 90, Period: 30, People: 6) { CodedAnew = true, Clock = true });
        Assert.Equal(Verdict.LoopedOrReplayed, finding.Fault);
        Assert.InRange(at, 30 + 12 - 1, 80);
        Assert.Equal("210", Detail.Read(finding.Evidence)![0].Figures[1]);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(5, 1, 0)]
    [InlineData(3, 20, 0)]
    [InlineData(4, 1, 9)]
    [InlineData(0, 1, 9)]
    public async Task What_lives_does_not_repeat_be_it_an_empty_room_guests_who_sit_still_or_a_program_of_lights(int people, int rest, int cue) =>
        Assert.Null((await Look(new(7, 90, 0, people, rest, cue))).Finding.Fault);

    [Theory]
    [InlineData(0, 1, 0, false)]
    [InlineData(0, 1, 9, true)]
    [InlineData(5, 1, 0, true)]
    public async Task There_is_little_to_see_in_an_empty_room_and_much_where_people_or_lights_move(int people, int rest, int cue, bool lives)
    {
        var before = new ShownBefore(new Random(1));
        await Look(new(7, 90, 0, people, rest, cue), before);
        var entropy = new Repetition(new(), before).Entropy();
        Assert.True(lives ? entropy > 4 : entropy < 1, $"{entropy} bits");
    }

    [Fact]
    public void That_nothing_came_again_is_worth_something_only_where_there_was_much_to_see_for_long()
    {
        Proven Of(double hours, double entropy) => ByScene.Weigh(900, TimeSpan.FromHours(hours), entropy, new(), Evening);
        Assert.Equal((ProofState.Unverifiable, ProofStrength.None, "SceneStill 0.4; NothingRepeated 900 50"), Of(50, 0.42) is var still ? (still.State, still.Strength, still.Detail) : default);
        Assert.Equal((ProofState.Unverifiable, ProofStrength.None), Of(3, 7) is var young ? (young.State, young.Strength) : default);
        Assert.Equal((ProofState.Given, ProofStrength.Weak, "NothingRepeated 900 50; SceneLives 7.2"), Of(50, 7.21) is var old ? (old.State, old.Strength, old.Detail) : default);
        var clock = new ClockFound(null, IsRight: true, Detail.Of(Reason.ClockRuns, 2));
        Assert.Equal((ProofState.Given, ProofStrength.Fair), Of(50, 7).With(clock) is var both ? (both.State, both.Strength) : default);
        Assert.Equal((ProofState.Given, ProofStrength.Weak, "ClockRuns 2; SceneStill 0.4; NothingRepeated 900 50"), Of(50, 0.4).With(clock) is var alone ? (alone.State, alone.Strength, alone.Detail) : default);
        var unread = new ClockFound(null, IsRight: null, Detail.Of(Reason.ClockUnreadable));
        Assert.Equal((ProofState.Unverifiable, "ClockUnreadable; SceneStill 0.4; NothingRepeated 900 50"), Of(50, 0.4).With(unread) is var none ? (none.State, none.Detail) : default);
    }

    [Fact]
    public async Task What_was_shown_before_a_restart_is_remembered_and_bounded()
    {
        var before = new ShownBefore(new Random(1));
        await Look(new(8, 20, 0, 4), before);
        var recalled = new ShownBefore(new Random(1), before.Bytes);
        Assert.Equal(20, recalled.Count);
        var (at, finding) = await Look(new(8, 20, 0, 4), recalled, Evening.AddHours(5));
        Assert.Equal((Verdict.LoopedOrReplayed, 4), (finding.Fault, at));
        for (uint i = 0; i < 3 * ShownBefore.Most; i++) recalled.Add(new(i, 0, 0, i));
        Assert.Equal(ShownBefore.Most, recalled.Count);
        Assert.Equal(0, new ShownBefore(new Random(1), new byte[17]).Count);
    }

    [Fact]
    public async Task A_picture_that_stands_still_is_another_tests()
    {
        var picture = (await new NightClip(ClipCache.Shared).Film(new(9, 1, 0, 2), Ct))[0];
        using var decoder = new Decoder(new(), TimeProvider.System);
        var keyframe = new AccessUnit(VideoCodec.H264, true, 0, Evening, picture);
        var gray = Assert.Single(await decoder.Gray([keyframe], Ct))!;
        var repetition = new Repetition(new(), new(new Random(1)));
        for (var look = 0; look < 50; look++) Assert.Null(repetition.Look(keyframe, gray, PictureFacts.Of(gray), Evening.AddSeconds(7 * look)).Fault);
    }

    /// <summary>The first look at which something was found, and what; else the last.</summary>
    static async Task<(int At, Finding Finding)> Look(Night night, ShownBefore? before = null, DateTimeOffset? begun = null)
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        using var decoder = new Decoder(new(), TimeProvider.System);
        var repetition = new Repetition(new(), before ?? new(new Random(1)));
        var film = await new NightClip(ClipCache.Shared).Film(night, Ct);
        var keyframes = film.Select((coded, look) => new AccessUnit(VideoCodec.H264, true, 0, (begun ?? Evening) + (LabelledSet.Every * look), coded)).ToArray();
        var pictures = await decoder.Gray(keyframes, Ct);
        for (var look = 0; look < keyframes.Length; look++)
        {
            var finding = repetition.Look(keyframes[look], pictures[look]!, PictureFacts.Of(pictures[look]!), keyframes[look].At);
            if (finding.Fault is not null) return (look, finding);
        }

        return (keyframes.Length - 1, Finding.None);
    }
}
