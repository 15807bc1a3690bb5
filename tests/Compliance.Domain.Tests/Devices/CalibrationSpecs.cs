using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Devices.Device;
using static Compliance.Domain.Devices.DeviceCommand;
using static Compliance.Domain.Devices.DeviceEvent;

namespace Compliance.Domain.Tests.Devices;

/// <summary>What a person draws over a camera's view: what can be is a fact, what cannot is refused, and what was drawn over another view ends.</summary>
public sealed class CalibrationSpecs
{
    static readonly Guid Camera = new("00000000-0000-0000-0000-00000000000c");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Exit = new("00000000-0000-0000-0000-00000000000e");
    static readonly Guid View = new("00000000-0000-0000-0000-00000000000f");
    static readonly Feed Feed = new(new("rtsp://10.0.0.7/main"), null, FeedTransport.Tcp);
    static readonly Registered Card = new(Camera, Venue, new CameraSpec("Бар", "Бар", CameraPurpose.Bar, [], [], Feed));
    static readonly PersonMark Far = Person(.5, .4, .2), Near = Person(.5, .9, .5);
    static readonly ViewPoint[] Floor = [new(.1, .3), new(.9, .3), new(1, 1), new(0, 1)], Door = [new(.4, .3), new(.6, .3), new(.6, .6), new(.4, .6)];
    static readonly ViewCalibration Drawn = new([Far, Near], Floor, 120, [new(Exit, Door)]);

    static PersonMark Person(double x, double foot, double height) => new(new(x, foot), new(x, foot - height));

    static CalibrateView Draw(ViewCalibration drawn) => new(drawn, new HashSet<Guid> { Exit });

    [Fact] public void What_is_drawn_is_a_fact() => Decider.Given(Card).When(Draw(Drawn)).Then(new ViewCalibrated(Camera, Venue, Drawn));

    [Fact] public void Floor_and_places_kept_clear_may_be_missing() =>
        Decider.Given(Card).When(Draw(new([Far, Near], [], null, []))).Then(new ViewCalibrated(Camera, Venue, new([Far, Near], [], null, [])));

    [Fact] public void The_same_drawn_again_adds_nothing_and_a_finger_s_trembling_is_the_same() =>
        Decider.Given(Card, new ViewCalibrated(Camera, Venue, Drawn)).When(Draw(Drawn with { Floor = [new(.10001, .3), .. Floor[1..]] })).ThenNothing();

    [Fact] public void Another_one_takes_its_place() =>
        Decider.Given(Card, new ViewCalibrated(Camera, Venue, Drawn)).When(Draw(Drawn with { MostPersons = 90 })).Then(new ViewCalibrated(Camera, Venue, Drawn with { MostPersons = 90 }));

    [Fact] public void Only_a_camera_is_calibrated_or_asked_for_a_picture()
    {
        var exit = new Registered(Camera, Venue, new ExitSpec("С", "С", 1200, 2000, OpeningDirection.Outward, LockType.PanicBar));
        Decider.Given(exit).When(Draw(Drawn)).ThenRefused("device.not-a-camera");
        Decider.Given(exit).When(new AskGlimpse(View)).ThenRefused("device.not-a-camera");
        Decider.Given().When(Draw(Drawn)).ThenRefused("device.unknown");
    }

    [Fact] public void That_somebody_asked_for_a_picture_is_a_fact_each_time() =>
        Decider.Given(Card, new GlimpseAsked(Camera, Venue, View)).When(new AskGlimpse(Exit)).Then(new GlimpseAsked(Camera, Venue, Exit));

    [Fact] public void Another_feed_ends_it()
    {
        var other = Feed with { Transport = FeedTransport.Udp };
        Decider.Given(Card, new ViewCalibrated(Camera, Venue, Drawn)).When(new ChangeFeed(other)).Then(new FeedChanged(Camera, Venue, other), new CalibrationEnded(Camera, Venue));
        Decider.Given(Card, new ViewCalibrated(Camera, Venue, Drawn), new FeedChanged(Camera, Venue, other), new CalibrationEnded(Camera, Venue)).When(Draw(Drawn)).Then(new ViewCalibrated(Camera, Venue, Drawn));
        Decider.Given(Card, new ViewCalibrated(Camera, Venue, Drawn)).When(new ChangeFeed(Feed, new("http://10.0.0.7/onvif"))).Then(new OnvifTold(Camera, Venue, new("http://10.0.0.7/onvif")));
    }

    [Fact] public void Another_approved_view_ends_it_and_the_first_one_does_not()
    {
        Decider.Given(Card, new ViewApproved(Camera, Venue, View), new ViewCalibrated(Camera, Venue, Drawn)).When(new ApproveView(Venue)).Then(new ViewApproved(Camera, Venue, Venue), new CalibrationEnded(Camera, Venue));
        Decider.Given(Card, new ViewCalibrated(Camera, Venue, Drawn)).When(new ApproveView(View)).Then(new ViewApproved(Camera, Venue, View));
    }

    public static TheoryData<string, string, ViewCalibration> Impossible => new()
    {
        { "persons", "device.calibration-persons", Drawn with { Persons = [Near] } },
        { "persons", "device.calibration-persons", Drawn with { Persons = [.. Enumerable.Range(0, 7).Select(i => Person(.1 * i, .9, .5))] } },
        { "persons", "device.calibration-person-impossible", Drawn with { Persons = [Far, new(Near.Head, Near.Foot)] } },
        { "persons", "device.calibration-person-impossible", Drawn with { Persons = [Far, Person(.5, .9, .02)] } },
        { "persons", "device.calibration-person-impossible", Drawn with { Persons = [Far, Person(1.01, .9, .5)] } },
        { "persons", "device.calibration-person-impossible", Drawn with { Persons = [Far, Person(double.NaN, .9, .5)] } },
        { "persons", "device.calibration-person-impossible", Drawn with { Persons = [Far, Person(.5, .9, double.PositiveInfinity)] } },
        { "persons", "device.calibration-reversed", Drawn with { Persons = [Person(.5, .6, .5), Person(.5, .95, .2)] } },
        { "mostPersons", "device.calibration-crowd-impossible", Drawn with { MostPersons = 0 } },
        { "mostPersons", "device.calibration-crowd-impossible", Drawn with { MostPersons = 20_001 } },
        { "floor", "device.calibration-floor-missing", Drawn with { Floor = [] } },
        { "floor", "device.calibration-shape", Drawn with { Floor = Floor[..2] } },
        { "floor", "device.calibration-shape", Drawn with { Floor = [.. Enumerable.Range(0, 13).Select(i => new ViewPoint(.5 + .4 * Math.Cos(i / 2.1), .5 + .4 * Math.Sin(i / 2.1)))] } },
        { "floor", "device.calibration-shape", Drawn with { Floor = [Floor[0], Floor[1], Floor[3], Floor[2]] } },
        { "floor", "device.calibration-shape", Drawn with { Floor = [Floor[0], Floor[1], Floor[1], Floor[2]] } },
        { "floor", "device.calibration-shape", Drawn with { Floor = [new(.1, .1), new(.5, .5), new(.9, .9)] } },
        { "floor", "device.calibration-shape", Drawn with { Floor = [new(.1, .1), new(.12, .1), new(.1, .12)] } },
        { "floor", "device.calibration-shape", Drawn with { Floor = [new(-.1, .3), .. Floor[1..]] } },
        { "floor", "device.calibration-shape", Drawn with { Floor = [new(0, 0), new(1, 0), new(1, 1), new(.5, .5), new(.5, 0), new(0, 1)] } }, // a corner lies on another side
        { "floor", "device.calibration-shape", Drawn with { Floor = [new(0, 0), new(1, 0), new(.5, 0), new(.5, 1)] } }, // folds back on itself
        { "keptClear", "device.calibration-shape", Drawn with { KeptClear = [new(null, [new(.1, .1), new(.2, .1), new(.3, .1)])] } },
        { "keptClear", "device.calibration-zones", Drawn with { KeptClear = [.. Enumerable.Range(0, 9).Select(_ => new ClearZone(null, Door))] } },
        { "keptClear", "device.calibration-exit-foreign", Drawn with { KeptClear = [new(Camera, Door)] } },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void What_cannot_be_is_refused(string field, string code, ViewCalibration drawn) => Decider.Given(Card).When(Draw(drawn)).ThenRefused(code, field);

    [Fact] public void The_corners_may_go_round_either_way_and_dent() =>
        Decider.Given(Card).When(Draw(Drawn with { Floor = [new(0, 1), new(1, 1), new(.9, .3), new(.5, .6), new(.1, .3)] })).Then(new ViewCalibrated(Camera, Venue, Drawn with { Floor = [new(0, 1), new(1, 1), new(.9, .3), new(.5, .6), new(.1, .3)] }));

    [Fact] public void The_card_shows_what_was_drawn_when_and_by_whom_until_it_ends()
    {
        var (drawn, ended) = (new ViewCalibrated(Camera, Venue, Drawn), new CalibrationEnded(Camera, Venue));
        DeviceCard Of(params DeviceEvent[] facts) => DeviceCard.View.Build(Story.Of([.. facts.Select(f => (f.DeviceId, (object)f))]))[Camera];
        var card = Of(Card, drawn);
        Assert.Equal((Drawn, null), (card.Calibrated!.View, card.CalibrationEndedAt));
        Assert.Equal((Story.Noon.AddMinutes(1), "user:test"), (card.Calibrated.At, card.Calibrated.By));
        var after = Of(Card, drawn, ended);
        Assert.Null(after.Calibrated);
        Assert.Equal(Story.Noon.AddMinutes(2), after.CalibrationEndedAt);
        Assert.Null(Of(Card, drawn, ended, drawn).CalibrationEndedAt);
    }

    [Fact] public void What_was_drawn_is_read_from_the_log_as_it_was_written()
    {
        var fact = new ViewCalibrated(Camera, Venue, Drawn);
        Assert.Equal(fact, System.Text.Json.JsonSerializer.Deserialize<ViewCalibrated>(EventCatalog.Encode(fact), EventCatalog.Json));
    }

    [Theory]
    [InlineData(.4, .2), InlineData(.9, .5), InlineData(.65, .35), InlineData(-9, .01), InlineData(9, 1)]
    public void Between_and_beyond_the_marks_a_height_follows_a_straight_line(double foot, double height) => Assert.Equal(height, Drawn.HeightAt(foot), 9);

    [Fact] public void Marks_at_one_distance_give_their_mean() => Assert.Equal(.3, (Drawn with { Persons = [Person(.2, .6, .28), Person(.8, .6, .32)] }).HeightAt(.95), 9);
}
