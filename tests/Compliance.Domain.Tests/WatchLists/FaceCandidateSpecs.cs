using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;

namespace Compliance.Domain.Tests.WatchLists;

public sealed class FaceCandidateSpecs
{
    static readonly Guid Id = Guid.NewGuid(), First = Guid.NewGuid(), Second = Guid.NewGuid();
    static readonly DateTimeOffset Now = new(2026, 6, 1, 23, 0, 0, TimeSpan.Zero);

    static readonly FaceCandidateCommand.Raise Seen = new(Id, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Now, 0.61, 0.52, new("faces", new('a', 64), 0.52, new('b', 64)), 3, 34, 9, 2, new(true, 4), new('c', 64));

    [Fact]
    public void Only_when_two_persons_say_that_it_is_the_same_is_it_confirmed()
    {
        Assert.Equal("facecandidate.unseen", FaceCandidate.Decider.Decide(After(Seen), new FaceCandidateCommand.Look(true, First, Now)).Refusal?.Code);
        var once = After(Seen, new FaceCandidateCommand.Open(First), new FaceCandidateCommand.Open(Second), new FaceCandidateCommand.Look(true, First, Now));
        Assert.IsType<FaceCandidate.Waiting>(once);
        Assert.Empty(FaceCandidate.Decider.Decide(once, new FaceCandidateCommand.Look(true, First, Now)).Events);
        var twice = FaceCandidate.Decider.Decide(once, new FaceCandidateCommand.Look(true, Second, Now)).Events;
        Assert.Equal([typeof(FaceCandidateEvent.LookedAt), typeof(FaceCandidateEvent.Confirmed)], twice.Select(fact => fact.GetType()));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void One_who_says_no_is_enough(bool afterAYes)
    {
        var state = afterAYes ? After(Seen, new FaceCandidateCommand.Open(First), new FaceCandidateCommand.Open(Second), new FaceCandidateCommand.Look(true, First, Now)) : After(Seen, new FaceCandidateCommand.Open(Second));
        var said = FaceCandidate.Decider.Decide(state, new FaceCandidateCommand.Look(false, Second, Now)).Events;
        Assert.IsType<FaceCandidateEvent.Dismissed>(said[^1]);
        var over = said.Aggregate(state, FaceCandidate.Decider.Evolve);
        Assert.Equal("facecandidate.over", FaceCandidate.Decider.Decide(over, new FaceCandidateCommand.Look(true, First, Now)).Refusal?.Code);
        Assert.Single(FaceCandidate.Decider.Decide(over, new FaceCandidateCommand.ErasePicture()).Events);
    }

    [Fact]
    public void Undecided_it_goes_after_a_day_or_at_once_where_its_operation_is_void()
    {
        Assert.Empty(FaceCandidate.Decider.Decide(After(Seen), new FaceCandidateCommand.Expire(Now.AddHours(23))).Events);
        Assert.IsType<FaceCandidateEvent.Expired>(Assert.Single(FaceCandidate.Decider.Decide(After(Seen), new FaceCandidateCommand.Expire(Now.AddHours(24))).Events));
        Assert.IsType<FaceCandidateEvent.Expired>(Assert.Single(FaceCandidate.Decider.Decide(After(Seen), new FaceCandidateCommand.Expire(Now.AddMinutes(1), IsVoid: true)).Events));
    }

    [Fact]
    public void What_is_less_alike_than_its_threshold_is_no_candidate() =>
        Assert.Equal("facecandidate.score-impossible", FaceCandidate.Decider.Decide(new FaceCandidate.Unknown(), Seen with { Score = 0.51 }).Refusal?.Code);

    [Fact]
    public void Each_picture_is_of_a_frame_that_was_looked_at()
    {
        Assert.Equal("facecandidate.frames-impossible", FaceCandidate.Decider.Decide(new FaceCandidate.Unknown(), Seen with { FramesAnalysed = 2 }).Refusal?.Code);
        Assert.Null(FaceCandidate.Decider.Decide(new FaceCandidate.Unknown(), Seen with { FramesAnalysed = null, FramesSkipped = null }).Refusal); // of a box that does not count
    }

    [Fact]
    public void The_desk_hears_of_it_only_when_it_is_confirmed()
    {
        var seen = new Sighting(Seen.Score, Seen.Model, 9, 2, new(true, 4));
        var confirmed = Assert.IsType<FaceCandidateEvent.Confirmed>(FaceCandidate.Decider.Decide(
            After(Seen, new FaceCandidateCommand.Open(First), new FaceCandidateCommand.Open(Second), new FaceCandidateCommand.Look(true, First, Now)), new FaceCandidateCommand.Look(true, Second, Now)).Events[^1]);
        Assert.Equal(seen, confirmed.Seen);
        var recorded = new Recorded(new("facecandidate", Id), 2, new(7, 7), Guid.NewGuid(), "facecandidate.confirmed.v1", default, Now, new(Guid.NewGuid(), "user:x"));
        Assert.Empty(RaiseAlertWhenFaceIsConfirmed.Policy.React(new FaceCandidateEvent.LookedAt(Id, Seen.VenueId, First, true, Now), recorded));
        var id = EventIds.From(recorded.EventId, "alert");
        Assert.Equal([Reaction.Send(Alert.Decider, id, new AlertCommand.Raise(id, Seen.VenueId, Seen.DeviceId, AlertKind.WatchListMatch, Now, new(recorded.EventId, Id), seen))], RaiseAlertWhenFaceIsConfirmed.Policy.React(confirmed, recorded));
        Assert.Equal(seen, Assert.IsType<AlertEvent.Raised>(Assert.Single(Alert.Decider.Decide(new Alert.Unknown(), new AlertCommand.Raise(id, Seen.VenueId, Seen.DeviceId, AlertKind.WatchListMatch, Now, new(recorded.EventId, Id), seen)).Events)).Seen);
        Assert.Null(AlertKind.WatchListMatch.SeenBy());
    }

    [Fact]
    public void Who_goes_there_opens_a_confirmed_one_as_long_as_its_picture_is_kept()
    {
        var confirmed = After(Seen, new FaceCandidateCommand.Open(First), new FaceCandidateCommand.Open(Second), new FaceCandidateCommand.Look(true, First, Now), new FaceCandidateCommand.Look(true, Second, Now));
        Assert.Equal("facecandidate.over", FaceCandidate.Decider.Decide(confirmed, new FaceCandidateCommand.Open(First)).Refusal?.Code);
        var opened = FaceCandidate.Decider.Decide(confirmed, new FaceCandidateCommand.Open(First, Goes: true)).Events; // he who said so may be the one who goes
        Assert.Equal([new FaceCandidateEvent.Opened(Id, Seen.VenueId, First)], opened);
        Assert.Empty(FaceCandidate.Decider.Decide(opened.Aggregate(confirmed, FaceCandidate.Decider.Evolve), new FaceCandidateCommand.Open(First, Goes: true)).Events);
        var erased = FaceCandidate.Decider.Decide(confirmed, new FaceCandidateCommand.ErasePicture()).Events.Aggregate(confirmed, FaceCandidate.Decider.Evolve);
        Assert.Equal("facecandidate.over", FaceCandidate.Decider.Decide(erased, new FaceCandidateCommand.Open(First, Goes: true)).Refusal?.Code);
        var dismissed = After(Seen, new FaceCandidateCommand.Open(First), new FaceCandidateCommand.Look(false, First, Now));
        Assert.Equal("facecandidate.over", FaceCandidate.Decider.Decide(dismissed, new FaceCandidateCommand.Open(First, Goes: true)).Refusal?.Code);
    }

    static FaceCandidate After(params FaceCandidateCommand[] commands) => commands.Aggregate(
        (FaceCandidate)new FaceCandidate.Unknown(), (state, command) => FaceCandidate.Decider.Decide(state, command).Events.Aggregate(state, FaceCandidate.Decider.Evolve));
}
