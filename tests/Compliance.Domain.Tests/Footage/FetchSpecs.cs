using Compliance.Domain.Access;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Footage.FootageCommand;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Footage;

/// <summary>A venue lets the box fetch from its recorder what police asked for; it sees how it ends, and the fact says where the file came from.</summary>
public sealed class FetchSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000f1"), Venue = new("00000000-0000-0000-0000-00000000000a"), Hall = new("00000000-0000-0000-0000-0000000000c1"),
        Owner = new("00000000-0000-0000-0000-0000000000d1"), File = new("00000000-0000-0000-0000-0000000000e1"), Box = new("00000000-0000-0000-0000-0000000000e2");

    static readonly string Hash = new('a', 64);
    static readonly FootageEvent.Requested Asked = new(Id, Venue, Guid.NewGuid(), "УП Медеу", AccessPurpose.CrimeUnderInvestigation, "ЕРДР-2026/17", [Hall], Noon.AddHours(-3), Noon.AddHours(-1), [Guid.NewGuid()], Noon, Noon.AddHours(48));
    static readonly FootageEvent.FetchAsked Fetching = new(Id, Venue, File, Hall, Owner, Noon);
    static readonly FootageSource Source = new(Box, Noon.AddHours(-3), Noon.AddHours(-1), 12);
    static readonly KeepFile Keep = new(File, Hall, Hash, 1000, Noon.AddHours(1), Source);
    static readonly FootageEvent.FileKept Kept = new(Id, Venue, File, Hall, Hash, 1000, Noon.AddHours(1));
    static readonly FootageEvent.FetchStopped Stopped = new(Id, Venue, File, Owner, Noon.AddMinutes(5));

    static Decider<FootageRequest, FootageCommand, FootageEvent> Decider => FootageRequest.Decider;

    [Fact] public void The_venue_asks_for_it_camera_by_camera() => Decider.Given(Asked).When(new Fetch(File, Hall, Owner, Noon)).Then(Fetching);
    [Fact] public void One_at_a_time_of_a_camera() => Decider.Given(Asked, Fetching).When(new Fetch(Guid.NewGuid(), Hall, Owner, Noon)).ThenNothing();
    [Fact] public void Only_of_a_camera_that_was_asked() => Decider.Given(Asked).When(new Fetch(File, Guid.NewGuid(), Owner, Noon)).ThenRefused("footage.camera-not-asked", "deviceId");
    [Fact] public void What_came_says_that_it_came_from_the_recorder() => Decider.Given(Asked, Fetching).When(Keep).Then(Kept, new FootageEvent.FileFetched(Id, Venue, File, Box, Noon.AddHours(-3), Noon.AddHours(-1), 12, Noon.AddHours(1)));
    [Fact] public void What_the_venue_sends_says_nothing_of_a_recorder() => Decider.Given(Asked).When(Keep with { Source = null }).Then(Kept);
    [Fact] public void Nobody_sends_another_file_in_its_place() => Decider.Given(Asked, Fetching).When(Keep with { Source = null }).ThenRefused("footage.file-changed");
    [Fact] public void It_can_be_stopped() => Decider.Given(Asked, Fetching).When(new StopFetch(Hall, Owner, Noon.AddMinutes(5))).Then(Stopped);
    [Fact] public void Once() => Decider.Given(Asked, Fetching, Stopped).When(new StopFetch(Hall, Owner, Noon.AddMinutes(6))).ThenNothing();
    [Fact] public void What_was_stopped_is_not_taken_from_the_box() => Decider.Given(Asked, Fetching, Stopped).When(Keep).ThenRefused("footage.fetch-over");
    [Fact] public void It_may_come_to_nothing_and_be_asked_for_again() => Decider.Given(Asked, Fetching, new FootageEvent.FetchFailed(Id, Venue, File, Box, FetchFailure.RecorderSilent, Noon)).When(new Fetch(Box, Hall, Owner, Noon)).Then(Fetching with { FileId = Box });
    [Fact] public void Why_is_told() => Decider.Given(Asked, Fetching).When(new FailFetch(File, Box, FetchFailure.NoArchive, Noon)).Then(new FootageEvent.FetchFailed(Id, Venue, File, Box, FetchFailure.NoArchive, Noon));
    [Fact] public void Not_after_it_was_taken_back() => Decider.Given(Asked, new FootageEvent.Withdrawn(Id, Venue, Owner, Noon)).When(new Fetch(File, Hall, Owner, Noon)).ThenRefused("footage.withdrawn");

    [Fact]
    public void Whoever_answers_ends_what_still_runs() => Decider.Given(Asked, Fetching).When(new Answer([new(Hall, FootageReason.NotRecorded)], Stopped.At, Owner))
        .Then(Stopped, new FootageEvent.Answered(Id, Venue, [new(Hall, FootageReason.NotRecorded)], Stopped.At));

    [Fact]
    public void And_so_does_whoever_takes_it_back() => Decider.Given(Asked, Fetching).When(new Withdraw(new(Asked.OfficerId, false), Stopped.At))
        .Then(Stopped with { By = Asked.OfficerId }, new FootageEvent.Withdrawn(Id, Venue, Asked.OfficerId, Stopped.At));

    [Fact]
    public async Task Where_the_venue_agreed_it_is_fetched_at_once_and_else_not()
    {
        Assert.Empty(await After());
        Assert.Equal((Hall, null), Assert.Single(await After(new FetchAgreementEvent.Given(Venue, Owner, Noon))));
        Assert.Empty(await After(new FetchAgreementEvent.Given(Venue, Owner, Noon), new FetchAgreementEvent.Withdrawn(Venue, Owner, Noon)));

        static async Task<(Guid, Guid?)[]> After(params FetchAgreementEvent[] said)
        {
            var (log, ct) = (new MemoryEventLog(TimeProvider.System), TestContext.Current.CancellationToken);
            if (said.Length > 0) await log.Append(new(FetchAgreement.Decider.Category, Venue), -1, said, new(Guid.NewGuid(), "user:test"), ct);
            await log.Append(new("footage", Id), -1, [Asked], new(Guid.NewGuid(), "user:test"), ct);
            var last = await log.Read(new("footage", Id), ct).LastAsync(ct);
            foreach (var reaction in FetchWhenVenueAgreed.Policy.React(Asked, last)) await reaction.Execute(log, new(Guid.NewGuid(), "reaction:test"), ct);
            return [.. (await log.Read(new("footage", Id), ct).ToListAsync(ct)).Select(EventCatalog.Decode).OfType<FootageEvent.FetchAsked>().Select(f => (f.DeviceId, f.By))];
        }
    }

    [Fact]
    public void The_agreement_is_said_once_and_taken_back_once()
    {
        FetchAgreement.Decider.Given().When(new SetFetchAgreement(Venue, true, Owner, Noon)).Then(new FetchAgreementEvent.Given(Venue, Owner, Noon));
        FetchAgreement.Decider.Given(new FetchAgreementEvent.Given(Venue, Owner, Noon)).When(new SetFetchAgreement(Venue, true, Owner, Noon)).ThenNothing();
        FetchAgreement.Decider.Given(new FetchAgreementEvent.Given(Venue, Owner, Noon)).When(new SetFetchAgreement(Venue, false, Owner, Noon)).Then(new FetchAgreementEvent.Withdrawn(Venue, Owner, Noon));
        FetchAgreement.Decider.Given().When(new SetFetchAgreement(Venue, false, Owner, Noon)).ThenNothing();
    }

    [Fact]
    public void Both_sides_read_how_it_stands_and_where_the_file_came_from()
    {
        FootageEvent[] all = [Asked, Fetching, Kept, new FootageEvent.FileFetched(Id, Venue, File, Box, Source.From, Source.Until, 12, Noon.AddHours(1))];
        var running = Rows(all[..2]);
        Assert.Equal(FetchState.Running, running.Fetches.Single().State);
        var row = Rows(all);
        Assert.Equal((FetchState.Kept, Source), (row.Fetches.Single().State, row.Files.Single().Source));
        Assert.Equal(FetchState.Stopped, Rows([Asked, Fetching, Stopped]).Fetches.Single().State);
        var away = Rows([.. all, new FootageEvent.FileRemoved(Id, Venue, File, Kept.Sha256, Owner, Noon.AddHours(2))]);
        Assert.Equal((FetchState.Removed, false), (away.Fetches.Single().State, away.Files.Single().IsKept));
        Assert.Single(FetchedRequest.View.Build(Of([.. all[..2].Select(f => (Id, (object)f))])));
        Assert.Empty(FetchedRequest.View.Build(Of([.. all.Select(f => (Id, (object)f))])));

        static FootageRow Rows(FootageEvent[] facts) => FootageRow.View.Build(Of([.. facts.Select(f => (Id, (object)f))]))[Id];
    }
}
