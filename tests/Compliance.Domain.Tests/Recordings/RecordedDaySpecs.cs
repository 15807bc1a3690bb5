using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Domain.Recordings;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Recordings.RecordedDay;
using static Compliance.Domain.Recordings.RecordingCommand;
using static Compliance.Domain.Recordings.RecordingEvent;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Recordings;

public sealed class RecordedDaySpecs
{
    static readonly Guid Camera = new("00000000-0000-0000-0000-00000000000c"), Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly DateTimeOffset Hour = Noon.AddHours(-1), Later = Noon.AddMinutes(10);
    static readonly string Root = $"{RecordingList.Root([new("a.mp4", new('a', 64))])}", Other = $"{RecordingList.Root([new("b.mp4", new('b', 64))])}";
    static readonly HourHashed Hashed = new(Camera, Venue, Hour, Root, 1, 700, 0, Later);
    static readonly HourMissing Missing = new(Camera, Venue, Hour, Later);

    static TellHour Tell(string? root, DateTimeOffset? hour = null, ClockState? clock = null) =>
        new(Camera, Venue, hour ?? Hour, root, root is null ? 0 : 1, root is null ? 0 : 700, 0, Later, new(Later, Noon.AddDays(-1), clock ?? new(true, 0)));

    [Fact] public void An_hour_that_was_hashed_stands() => Decider.Given().When(Tell(Root)).Then(Hashed);

    [Fact] public void An_hour_without_a_recording_is_a_fact_too() => Decider.Given().When(Tell(null)).Then(Missing);

    [Fact] public void Told_again_by_whomever_it_stands_once() => Decider.Given(Hashed).When(Tell(Root)).ThenNothing();

    [Fact] public void An_hour_that_is_not_the_same_any_more_is_told_so() => Decider
        .Given(Hashed)
        .When(Tell(Other))
        .Then(new HourDiffered(Camera, Venue, Hour, Other, 1, 700, Later));

    [Fact] public void So_is_one_whose_recordings_are_gone() => Decider
        .Given(Hashed)
        .When(Tell(null))
        .Then(new HourDiffered(Camera, Venue, Hour, null, 0, 0, Later));

    [Fact] public void And_one_that_appeared_where_there_was_none() => Decider
        .Given(Missing)
        .When(Tell(Root))
        .Then(new HourDiffered(Camera, Venue, Hour, Root, 1, 700, Later));

    [Fact] public void Told_whole_after_files_could_not_be_read_it_accuses_nobody() => Decider
        .Given(Hashed with { Unread = 1 })
        .When(Tell(Other))
        .ThenNothing();

    [Fact] public void Nor_does_an_hour_of_which_files_cannot_be_read_any_more() => Decider
        .Given(Hashed)
        .When(Tell(Other) with { Unread = 1 })
        .ThenNothing();

    [Fact] public void Nor_files_that_lie_where_none_lay_and_cannot_be_read() => Decider
        .Given(Missing)
        .When(Tell(Other) with { Unread = 1 })
        .ThenNothing();

    [Fact] public void It_is_said_once_however_often_it_changes() => Decider
        .Given(Hashed, new HourDiffered(Camera, Venue, Hour, null, 0, 0, Later))
        .When(Tell(Other))
        .ThenNothing();

    [Fact] public void A_clock_that_is_not_in_order_stands_beside_the_hour() => Decider
        .Given()
        .When(Tell(Root, clock: new(false, 90_000)))
        .Then(Hashed with { ClockOffMs = 90_000 });

    [Fact] public void An_hour_that_is_not_over_has_no_recordings_yet() => Decider.Given().When(Tell(Root, Noon)).ThenRefused("recording.hour-ahead", "hour");

    [Fact] public void An_hour_begins_with_its_first_second() => Decider.Given().When(Tell(Root, Hour.AddMinutes(30))).ThenRefused("recording.hour-odd", "hour");

    [Theory]
    [InlineData("no hash", 1)]
    [InlineData(null, 1)]
    public void What_cannot_be_true_is_refused(string? root, int files) => Decider.Given().When(Tell(root) with { Files = files }).ThenRefused("recording.unsound", "root");

    [Fact]
    public void Each_day_has_a_stream_of_its_own()
    {
        Assert.Equal(IdOf(Camera, Noon), IdOf(Camera, Noon.AddHours(11)));
        Assert.NotEqual(IdOf(Camera, Noon), IdOf(Camera, Noon.AddHours(12)));
        Assert.NotEqual(IdOf(Camera, Noon), IdOf(Venue, Noon));
    }
}
