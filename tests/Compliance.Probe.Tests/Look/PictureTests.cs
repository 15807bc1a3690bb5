using System.Globalization;
using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Probe.Look;
using OpenCvSharp;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.Look;

/// <summary>One invented room, seen well and ill. How often the tests are right over many rooms and lights is for <c>./run bench pictures</c>.</summary>
public sealed class PictureTests
{
    static readonly DateTimeOffset Evening = new(2026, 6, 1, 19, 0, 0, TimeSpan.Zero);
    readonly PictureHistory _history = new(new());
    readonly LensView _room = new(4);
    int _look;

    DateTimeOffset Now => Evening + (_look * TimeSpan.FromSeconds(7));

    [Fact]
    public void People_show_light_and_a_dark_hour_are_no_faults()
    {
        Learn();
        foreach (var light in (Light[])[Light.Open, Light.Show, Light.Dark, Light.Dark, Light.Show, Light.Open]) Assert.Null(Look(light, people: 9).Fault);
    }

    [Fact]
    public void Black_is_black_from_the_first_picture_on_whatever_is_burnt_in() => Says(Verdict.Black, Reason.PictureDark, Look(lens: new(Shut: true)));

    [Theory]
    [InlineData(18, 1)]
    [InlineData(70, 1)]
    [InlineData(40, 0.9)]
    public void A_covered_lens_is_known_by_what_the_camera_used_to_see(float luma, float share)
    {
        Assert.Null(Look(lens: new(Cover: 1, CoverLuma: luma)).Fault);
        Learn();
        Says(Verdict.Covered, Reason.OutlinesLost, Look(lens: new(Cover: share, CoverLuma: luma)));
        Assert.Null(Look().Fault);
    }

    [Fact]
    public void A_lens_that_is_covered_little_by_little_over_ten_minutes_does_not_become_the_usual()
    {
        const int looks = 10 * 60 / 7;
        for (var i = 0; i < 40; i++) Look();
        for (var i = 1; i <= looks; i++) Look(lens: new(Cover: (float)i / looks));
        for (var i = 0; i < 5; i++) Says(Verdict.Covered, Reason.OutlinesLost, Look(lens: new(Cover: 1)));
    }

    [Fact]
    public void What_is_usual_is_kept_from_the_first_history_on_and_outlives_a_restart()
    {
        UsualFigures? kept = null;
        var before = new PictureHistory(new(), keep: figures => kept = figures);
        for (var i = 0; i < 5; i++) before.Look(Draw(_room, Light.Open, 3, new(), i), Now);
        var read = JsonSerializer.Deserialize<UsualFigures>(JsonSerializer.Serialize(kept, EventCatalog.Json), EventCatalog.Json)!;
        Assert.True(read.IsWhole);
        var after = new PictureHistory(new(), read);
        Says(Verdict.Covered, Reason.OutlinesLost, after.Look(Draw(_room, Light.Open, 3, new(Cover: 1), 6), Now));
        Assert.Null(after.Look(Draw(_room, Light.Open, 3, new(), 7), Now).Fault);
    }

    [Fact]
    public void A_bare_wall_is_no_view_and_the_view_is_taken_when_there_is_one()
    {
        var views = new List<ReferenceView>();
        _history.Approve(views.Add);
        for (var i = 0; i < 7; i++) Look(lens: new(Cover: 1, CoverLuma: 90));
        Assert.Empty(views);
        Assert.Null(_history.Approved);
        for (var i = 0; i < 10; i++) Look();
        Assert.True(Assert.Single(views).IsTelling);
        Says(Verdict.Moved, Reason.ViewShifted, Look(lens: new(ShiftX: 90)));
    }

    [Fact]
    public void A_view_whose_marks_fall_together_is_not_found_and_breaks_nothing()
    {
        var picture = Draw(_room, Light.Open, 0, new(), 0);
        var facts = PictureFacts.Of(picture);
        var view = ReferenceView.Of(picture, facts);
        Assert.Equal(0, (view with { Marks = new float[view.Marks.Length] }).Compare(picture, facts)?.Found);
    }

    [Fact]
    public void A_picture_that_is_all_letters_is_not_frozen()
    {
        var picture = Draw(_room, Light.Open, 0, new(), 0);
        Assert.True(Change.Between(picture, picture, new HashSet<int>()).Identical);
        var change = Change.Between(picture, picture, Enumerable.Range(0, Cells.Count).ToHashSet());
        Assert.False(change.Identical);
        Assert.Null(change.SameGrain());
    }

    [Fact]
    public void A_camera_that_looks_at_a_plain_wall_is_not_covered()
    {
        for (var i = 0; i < 10; i++) Assert.Null(Look(lens: new(Cover: 1, CoverLuma: 90)).Fault);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void A_lens_out_of_focus_is_known_by_edges_that_used_to_be_crisp(float blur)
    {
        Learn();
        Says(Verdict.Defocused, Reason.EdgesSoft, Look(lens: new(Blur: blur)));
    }

    [Fact]
    public void A_drowned_picture_is_glare()
    {
        Learn();
        Says(Verdict.Glare, Reason.Overexposed, Look(lens: new(Glare: 0.3f)));
    }

    [Fact]
    public void Moved_is_said_only_of_a_camera_whose_view_somebody_approved()
    {
        Learn();
        Assert.Null(Look(lens: new(ShiftX: 90)).Fault);
        _history.Approve();
        Learn();
        Says(Verdict.Moved, Reason.ViewShifted, Look(lens: new(ShiftX: 90)));
        Says(Verdict.Moved, Reason.ViewShifted, Look(lens: new(Turn: 0.2f)));
        Says(Verdict.Moved, Reason.ViewGone, Look(through: new(1004)));
        Assert.Null(Look().Fault);
    }

    [Fact]
    public void A_picture_that_stands_still_is_frozen_though_its_clock_runs_and_its_coding_wavers()
    {
        Learn();
        var still = Draw(_room, Light.Open, 0, new(), _look);
        Assert.Null(_history.Look(still, Now).Fault);
        _look++;
        Says(Verdict.FrozenPicture, Reason.PicturesIdentical, _history.Look(still, Now));
        Says(Verdict.FrozenPicture, Reason.PicturesIdentical, _history.Look(Draw(_room, Light.Open, 0, new(), _look - 1, clock: "23:14:12"), Now));
        var wavering = still.Luma.ToArray();
        for (var i = 0; i < wavering.Length; i += 3) wavering[i] ^= 1;
        Says(Verdict.FrozenPicture, Reason.GrainStill, _history.Look(new(wavering), Now));
    }

    [Fact]
    public void An_empty_room_is_not_frozen_nor_when_its_lights_go_on()
    {
        foreach (var light in (Light[])[Light.Dark, Light.Open, Light.Dark])
            for (var i = 0; i < 8; i++) Assert.Null(Look(light, people: 0).Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_burnt_in_clock_is_seen_after_some_pictures(bool hasClock)
    {
        Assert.Null(_history.HasClock);
        for (var i = 0; i < 8; i++) _history.Look(Draw(_room, Light.Open, 2, new(), _look, hasClock ? Clock() : null), Evening + (_look++ * TimeSpan.FromSeconds(7)));
        Assert.Equal(hasClock, _history.HasClock);
    }

    void Learn()
    {
        for (var i = 0; i < 6; i++) Look();
    }

    Finding Look(Light? light = null, int people = 3, Lens? lens = null, LensView? through = null)
    {
        var finding = _history.Look(Draw(through ?? _room, light ?? Light.Open, people, lens ?? new(), _look, Clock()), Now);
        _look++;
        return finding;
    }

    string Clock() => (Now.UtcDateTime + TimeSpan.FromSeconds(2)).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    static GrayPicture Draw(LensView view, Light light, int people, Lens lens, int look, string? clock = "23:14:05")
    {
        using var full = Mat.FromPixelData(LensView.Height, LensView.Width, MatType.CV_8UC1, view.Draw(look, light, people, lens, clock, "04-117"));
        using var small = new Mat();
        Cv2.Resize(full, small, new(GrayPicture.Width, GrayPicture.Height), 0, 0, InterpolationFlags.Area);
        small.GetArray(out byte[] luma);
        return new(luma);
    }

    static void Says(Verdict fault, Reason reason, Finding finding)
    {
        Assert.Equal(fault, finding.Fault);
        Assert.Equal(reason, Assert.Single(Detail.Read(finding.Evidence)!).Reason);
    }
}
