using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Views;
using Compliance.Api.WatchLists;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.WatchLists;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.WatchLists;

/// <summary>
/// From the grounds to the desk, through the doors: who is looked for is proposed by one and approved by another, an operation likewise; the box gets templates and no names; a
/// face that may be somebody's is looked at by two. The program that makes templates is a script here; the real one is tried beside it (Compliance.Probe.Tests).
/// </summary>
public sealed partial class WatchListTests : IAsyncLifetime
{
    static readonly string Model = new('a', 64);
    static readonly byte[] Template = [.. MemoryMarshal.AsBytes<float>([0.6f, 0.8f, 0, 0])], OtherTemplate = [.. MemoryMarshal.AsBytes<float>([0.8f, 0.6f, 0, 0])];
    static readonly byte[] Jpeg = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4];

    readonly TempFolder _folder = new();
    readonly Guid _officer = Guid.NewGuid(), _lead = Guid.NewGuid(), _entry = Guid.NewGuid(), _picture = Guid.NewGuid(), _operation = Guid.NewGuid(), _basis = Guid.NewGuid();
    House _house = null!;
    Scene _scene = null!;
    DateTimeOffset _now;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    HttpClient Officer => _house.As(_officer, "operator");
    HttpClient Lead => _house.As(_lead, "supervisor");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder["faces.py"], $$"""
            import json, struct, sys
            if sys.argv[2] == "recogniser":
                print(json.dumps({"model": "{{Model}}", "thresholds": [{"fmr": 0.01, "cosine": 0.26}, {"fmr": 0.000001, "cosine": 0.54}]}))
            while sys.argv[2] == "templates" and (head := sys.stdin.buffer.read(4)):
                picture = sys.stdin.buffer.read(struct.unpack(">i", head)[0])
                print(json.dumps({"flaw": "many-faces"} if b"hostile" in picture else {"model": "{{Model}}", "template": "{{Convert.ToBase64String(OtherTemplate)}}" if b"other" in picture else "{{Convert.ToBase64String(Template)}}"}))
            """, Ct);
        _house = new House(("Faces:Program", _folder["faces.py"]), ("Faces:Dotnet", "python3"), ("Faces:Issuers", Directory.CreateDirectory(_folder["issuers"]).FullName));
        (_scene, _now) = (await Scene.In(_house), _house.Clock.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        _folder.Dispose();
    }

    WatchProposal Proposal => new(new(_entry, WatchCategory.Wanted, "Police of Almaty", "26-1/77", false, _now.AddDays(30)), new("Ерлан Тестов", "Warrant of 1 May 2026"));

    WatchOperationCommand.Plan Plan => new(_operation, _scene.Venue, _basis, WatchAim.FindWanted, "26-1/9", [_scene.Camera], HoursOfDay.All, _now, _now.AddDays(2), [_entry], 900);

    [Fact]
    public async Task From_the_grounds_to_the_desk_two_persons_decide_at_each_step()
    {
        await Approved();
        await Running();

        // The box: ids and numbers, no names, no pictures.
        using (var raw = await _scene.AsProbe.Ask("GET", $"/probe/watch-lists?operations={_operation}"))
        {
            var text = await raw.Content.ReadAsStringAsync(Ct);
            Assert.DoesNotContain("Тестов", text, StringComparison.Ordinal);
            Assert.DoesNotContain("26-1", text, StringComparison.Ordinal);
        }

        var copy = Assert.Single(await _scene.AsProbe.Get<ListCopy[]>($"/probe/watch-lists?operations={_operation}"));
        Assert.Equal((_operation, Model), (copy.OperationId, copy.ModelSha256));
        Assert.Equal(Template, Assert.Single(copy.Faces).Template);
        var assigned = Assert.Single((await _scene.AsProbe.Get<Assignments>("/probe/assignments")).Detectors);
        Assert.Equal((Detector.WatchList, _basis, Plan.Until), (assigned.Detector, assigned.BasisId, assigned.Until));

        // A face that may be somebody's: two persons look, and only then is there an alert.
        var told = Candidate(copy.Threshold);
        await _scene.AsProbe.Do("POST", "/probe/face-candidates", told);
        using (var seen = await Officer.Ask("GET", $"/face-candidates/{told.CandidateId}/picture")) Assert.Equal(Jpeg, await seen.Content.ReadAsByteArrayAsync(Ct));
        await Officer.Do("POST", $"/face-candidates/{told.CandidateId}/looked-at", new FaceCandidateCommand.Look(true));
        await Officer.Do("POST", $"/face-candidates/{told.CandidateId}/looked-at", new FaceCandidateCommand.Look(true));
        Assert.Equal("409 facecandidate.unseen", await (await Lead.Ask("POST", $"/face-candidates/{told.CandidateId}/looked-at", new FaceCandidateCommand.Look(true))).Refusal());
        using (var seen = await Lead.Ask("GET", $"/face-candidates/{told.CandidateId}/picture")) seen.EnsureSuccessStatusCode();
        Assert.Equal(CandidateStage.SeenOnce, (await Lead.Get<Page<FaceCandidateRow>>("/face-candidates")).Items.Single().Stage);
        Assert.Empty((await Officer.Get<Page<IncidentLine>>("/incidents")).Items);
        Assert.Equal(1, (await Officer.Get<DeskCounts>("/alerts/counts")).Candidates);
        using var changes = await Lead.Listen();
        _house.Clock.Advance(TimeSpan.FromMinutes(20)); // two persons take their time, and the desk is called all the same
        var done = await Lead.Do("POST", $"/face-candidates/{told.CandidateId}/looked-at", new FaceCandidateCommand.Look(true));
        Assert.Equal(CandidateStage.Confirmed, (await Lead.Get<Page<FaceCandidateRow>>("/face-candidates", done)).Items.Single().Stage);
        await changes.Until("policeincident-card");
        var incident = Assert.Single((await Officer.Get<Page<IncidentLine>>("/incidents")).Items);
        var alert = Assert.Single(incident.Alerts).Row;
        Assert.Equal((AlertKind.WatchListMatch, new Sighting(told.Score, told.Model, 9, 1, told.Clock)), (alert.Kind, alert.Seen));
        var card = (await Lead.Get<Page<FaceCandidateRow>>("/face-candidates")).Items.Single().Card;
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(Jpeg)), told.Model.ConfigurationSha256), (card.PictureSha256, card.Model.ConfigurationSha256));

        // Whoever goes there sees the face: a fact before it is seen, once he has the incident in hand.
        var face = $"/incidents/{incident.Card.IncidentId}/faces/{alert.AlertId}";
        Assert.Equal(card.SeenAt, alert.SeenFrom); // when the face was seen, not when they said so
        Assert.Equal(0, (await Officer.Get<DeskCounts>("/alerts/counts")).Candidates);
        Assert.Equal("409 policeincident.untaken", await (await Officer.Ask("GET", face)).Refusal());
        await Officer.Do("POST", $"/incidents/{incident.Card.IncidentId}/taken");
        for (var times = 0; times < 2; times++)
            using (var seen = await Officer.Ask("GET", face)) Assert.Equal(Jpeg, await seen.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("409 policeincident.taken", await (await _house.As(Guid.NewGuid(), "operator").Ask("GET", face)).Refusal());
        Assert.Equal("409 facecandidate.over", await (await _house.As(Guid.NewGuid(), "operator").Ask("GET", $"/face-candidates/{told.CandidateId}/picture")).Refusal()); // nobody compares it any more
        var opened = await _house.Services.GetRequiredService<IEventLog>().Read(new(FaceCandidate.Decider.Category, told.CandidateId), Ct).Select(EventCatalog.Decode).OfType<FaceCandidateEvent.Opened>().ToListAsync(Ct);
        Assert.Equal([_officer, _lead, _officer], opened.Select(fact => fact.OfficerId)); // two who compared, and one who goes

        // The operation ends: the list is gone from the answer, and the box says that it wiped it.
        await Officer.Do("POST", $"/watch-operations/{_operation}/ended");
        Assert.Empty(await _scene.AsProbe.Get<ListCopy[]>($"/probe/watch-lists?operations={_operation}"));
        Assert.Equal("409 watchoperation.not-running", await (await _scene.AsProbe.Ask("POST", "/probe/face-candidates", Candidate(copy.Threshold))).Refusal());
        using (var wiped = await _scene.AsProbe.Ask("POST", "/probe/watch-lists/wiped", new CopiesWiped([_operation]))) wiped.EnsureSuccessStatusCode();
        Assert.Empty((await Lead.Get<Page<WatchOperationRow>>("/watch-operations")).Items.Single().Copies);
    }

    [Fact]
    public async Task Somebody_of_two_pictures_is_one_of_the_list_and_compared_once()
    {
        await Officer.Do("PUT", $"/watch-list/{_entry}", Proposal);
        Assert.Empty((await Officer.Get<Page<WatchEntryRow>>("/watch-list?holding=")).Items); // nobody approved it
        await Approved([0xff, 0xd8, .. "other"u8]);
        await Running(); // which sees a list of one
        Assert.Equal(_entry, Assert.Single((await Officer.Get<Page<WatchEntryRow>>("/watch-list?holding=1/77")).Items).EntryId);
        Assert.Empty((await Officer.Get<Page<WatchEntryRow>>("/watch-list?holding=1/78")).Items);
        Assert.Equal("26-1/77", (await Officer.Get<WatchEntryRow>($"/watch-list/{_entry}")).CaseNumber);
        var mean = MemoryMarshal.Cast<byte, float>(Assert.Single((await _scene.AsProbe.Get<ListCopy[]>($"/probe/watch-lists?operations={_operation}"))[0].Faces).Template).ToArray();
        Assert.Equal([0.7071, 0.7071, 0, 0], mean.Select(value => Math.Round(value, 4)));
    }

    [Fact]
    public async Task What_a_list_costs_is_said_with_those_of_the_same_night()
    {
        await Approved();
        await Running();
        var (second, later) = (Plan with { OperationId = Guid.NewGuid(), Passers = 600 }, Plan with { OperationId = Guid.NewGuid(), From = _now.AddDays(3), Until = _now.AddDays(4) });
        foreach (var plan in (WatchOperationCommand.Plan[])[second, later])
        {
            var done = await Officer.Do("PUT", $"/watch-operations/{plan.OperationId}", plan);
            await _house.Services.GetRequiredService<ViewProgress>().WaitFor(done.Position, TimeSpan.FromSeconds(20), Ct);
        }

        Assert.Equal(new NightSize(2, 1, 1500, 0.25), (await Lead.Get<ListSize>($"/watch-operations/{second.OperationId}/size")).Night);
        Assert.Equal(1, (await Lead.Get<ListSize>($"/watch-operations/{later.OperationId}/size")).Night?.Operations);
    }

    [Fact]
    public async Task Whoever_is_taken_for_somebody_is_forgotten_when_one_says_no()
    {
        await Approved();
        await Running();
        var told = Candidate((await _scene.AsProbe.Get<ListCopy[]>($"/probe/watch-lists?operations={_operation}"))[0].Threshold);
        await _scene.AsProbe.Do("POST", "/probe/face-candidates", told);
        using (var seen = await Officer.Ask("GET", $"/face-candidates/{told.CandidateId}/picture")) seen.EnsureSuccessStatusCode();
        await Officer.Do("POST", $"/face-candidates/{told.CandidateId}/looked-at", new FaceCandidateCommand.Look(false));
        using var gone = await Officer.Ask("GET", $"/face-candidates/{told.CandidateId}/picture");
        Assert.Equal(HttpStatusCode.Conflict, gone.StatusCode);
        Assert.Empty((await Officer.Get<Page<IncidentLine>>("/incidents")).Items);
        Assert.False((await Officer.Get<Page<FaceCandidateRow>>("/face-candidates")).Items.Single().HasPicture);
    }

    [Fact]
    public async Task Undecided_a_candidate_is_gone_after_a_day()
    {
        await Approved();
        await Running();
        var told = Candidate((await _scene.AsProbe.Get<ListCopy[]>($"/probe/watch-lists?operations={_operation}"))[0].Threshold);
        var done = await _scene.AsProbe.Do("POST", "/probe/face-candidates", told);
        await Officer.Get<Page<FaceCandidateRow>>("/face-candidates", done);
        _house.Clock.Advance(FaceCandidate.DecideWithin);
        await _house.Services.GetRequiredService<WatchListClock>().Tick(Ct);
        using var gone = await Officer.Ask("GET", $"/face-candidates/{told.CandidateId}/picture");
        Assert.Equal(HttpStatusCode.Conflict, gone.StatusCode);
        Assert.Equal("409 facecandidate.over", await (await Officer.Ask("POST", $"/face-candidates/{told.CandidateId}/looked-at", new FaceCandidateCommand.Look(true))).Refusal());
    }

    [Fact]
    public async Task A_face_that_no_fact_names_does_not_stay()
    {
        await Approved();
        await Running();
        var told = Candidate((await _scene.AsProbe.Get<ListCopy[]>($"/probe/watch-lists?operations={_operation}"))[0].Threshold);
        await _scene.AsProbe.Do("POST", "/probe/face-candidates", told);
        var (pictures, refused, broken) = (_house.Services.GetRequiredService<CandidatePictures>(), Guid.NewGuid(), Guid.NewGuid());
        await pictures.Keep(refused, Jpeg, () => Task.FromResult<Compliance.Api.Entrance.Answer>(new Refusal("facecandidate.over", "")));
        Assert.Null(pictures.Get(refused));
        await Assert.ThrowsAsync<IOException>(() => pictures.Keep(broken, Jpeg, () => throw new IOException()));
        await pictures.Keep(told.CandidateId, [0xff, 0xd8, 9], () => Task.FromResult<Compliance.Api.Entrance.Answer>(new Refusal("facecandidate.over", ""))); // what is named is not written over
        await _house.Services.GetRequiredService<WatchListClock>().Tick(Ct);
        Assert.Equal([told.CandidateId], pictures.Kept());
        Assert.Equal(Jpeg, pictures.Get(told.CandidateId));
    }

    [Fact]
    public async Task Name_grounds_and_pictures_are_in_no_fact_and_go_with_the_entry()
    {
        await Approved();
        using (var person = await Officer.Ask("GET", $"/watch-list/{_entry}/person")) Assert.Contains("Ерлан Тестов", await person.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using (var picture = await Officer.Ask("GET", $"/watch-list/{_entry}/pictures/{_picture}")) Assert.Equal(Jpeg, await picture.Content.ReadAsByteArrayAsync(Ct));
        var facts = new List<string>();
        await foreach (var recorded in _house.Services.GetRequiredService<IEventLog>().Read(new("watchentry", _entry), Ct)) facts.Add($"{recorded.Name} {Encoding.UTF8.GetString(recorded.Data.Span)}");
        Assert.DoesNotContain(facts, fact => fact.Contains("Тестов", StringComparison.Ordinal) || fact.Contains("Warrant", StringComparison.Ordinal) || fact.Contains(Convert.ToBase64String(Template), StringComparison.Ordinal));
        Assert.Single(facts, fact => fact.StartsWith("watchentry.read.v1", StringComparison.Ordinal) && fact.Contains($"{_officer}", StringComparison.Ordinal)); // twice read, told once

        var row = (await Officer.Get<Page<WatchEntryRow>>("/watch-list")).Items.Single();
        await Officer.Do("POST", $"/watch-list/{_entry}/removed", new WatchEntryCommand.Remove(WatchRemoval.EnteredByMistake));
        var vault = _house.Services.GetRequiredService<WatchVault>();
        Assert.Null(vault.Find(_entry, row.Commitment));
        Assert.Null(vault.Picture(_entry, _picture));
        Assert.Null(vault.Template(_entry, _picture));
        Assert.Empty(vault.Bearers("Ерлан Тестов"));
    }

    [Fact]
    public async Task An_entry_that_is_over_its_day_is_looked_for_by_no_box()
    {
        await Approved();
        await Running(until: _now.AddDays(12));
        Assert.Single(await _scene.AsProbe.Get<ListCopy[]>($"/probe/watch-lists?operations={_operation}"));
        await Officer.Do("POST", $"/watch-list/{_entry}/removed", new WatchEntryCommand.Remove(WatchRemoval.PersonFound));
        Assert.Empty(await _scene.AsProbe.Get<ListCopy[]>($"/probe/watch-lists?operations={_operation}"));
    }

    [Fact]
    public async Task Of_two_who_propose_the_same_person_at_once_one_is_told_that_it_stands_there()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).Select(id => Officer.Ask("PUT", $"/watch-list/{id}", Proposal with { Entry = Proposal.Entry with { EntryId = id } })));
        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode)) Assert.Equal("409 watchentry.duplicate", await answer.Refusal());
    }

    [Fact]
    public async Task What_is_not_proposed_approved_or_based_as_the_law_asks_is_refused()
    {
        await Officer.Do("PUT", $"/watch-list/{_entry}", Proposal);
        var twice = Guid.NewGuid();
        Assert.Equal("409 watchentry.duplicate", await (await Officer.Ask("PUT", $"/watch-list/{twice}", Proposal with { Entry = Proposal.Entry with { EntryId = twice } })).Refusal());
        Assert.Equal("409 watchentry.duplicate", await (await Officer.Ask("PUT", $"/watch-list/{twice}", Proposal with { Entry = Proposal.Entry with { EntryId = twice }, Person = new(" ЕРЛАН   Тестов ", "x") })).Refusal());
        _house.Services.GetRequiredService<WatchVault>().IsNamed = false; // as a file from before
        Assert.Equal("409 watchentry.duplicate", await (await Officer.Ask("PUT", $"/watch-list/{twice}", Proposal with { Entry = Proposal.Entry with { EntryId = twice } })).Refusal());
        Assert.Equal("400 watchentry.name-missing person.name", await (await Officer.Ask("PUT", $"/watch-list/{twice}", Proposal with { Entry = Proposal.Entry with { EntryId = twice }, Person = new(" ", "x") })).Refusal());
        Assert.Equal("400 watchentry.picture-many-faces body", await (await Put("hostile"u8.ToArray())).Refusal());
        Assert.Equal("409 watchentry.no-picture", await (await Lead.Ask("POST", $"/watch-list/{_entry}/approved")).Refusal());
        Assert.Equal("400 watchoperation.no-basis basisId", await (await Officer.Ask("PUT", $"/watch-operations/{_operation}", Plan)).Refusal());
        await Based();
        Assert.Equal("400 watchoperation.camera-outside cameras", await (await Officer.Ask("PUT", $"/watch-operations/{_operation}", Plan with { Cameras = [Guid.NewGuid()] })).Refusal());
        Assert.Equal("400 watchoperation.entry-over entries", await (await Officer.Ask("PUT", $"/watch-operations/{_operation}", Plan)).Refusal()); // not approved yet
    }

    [Fact]
    public async Task A_picture_that_was_approved_is_written_over_by_nobody_and_words_of_a_refused_command_are_not_kept()
    {
        await Approved();
        byte[] another = [0xff, 0xd8, 9, 9, 9, 9];
        using (var lead = await Put(another, Lead)) Assert.Equal("409 watchentry.not-yours", await lead.Refusal());
        using (var author = await Put(another)) Assert.Equal(HttpStatusCode.OK, author.StatusCode); // a repeat, which changes nothing
        using (var picture = await Officer.Ask("GET", $"/watch-list/{_entry}/pictures/{_picture}")) Assert.Equal(Jpeg, await picture.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("409 watchentry.already-proposed", await (await Officer.Ask("PUT", $"/watch-list/{_entry}", Proposal with { Person = new("Somebody Else", "x") })).Refusal());
        Assert.Equal("409 watchentry.renewal-early", await (await Lead.Ask("POST", $"/watch-list/{_entry}/renewal", new RenewalProposal(_now.AddDays(60), "other grounds"))).Refusal());
        Assert.Equal(Proposal.Person, await Officer.Get<WatchedPerson>($"/watch-list/{_entry}/person"));
    }

    [Fact]
    public async Task Who_has_read_it_reads_what_was_added_since_on_the_same_day_before_he_approves()
    {
        await Officer.Do("PUT", $"/watch-list/{_entry}", Proposal);
        using (var put = await Put(Jpeg)) Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        await Lead.Get<WatchedPerson>($"/watch-list/{_entry}/person");
        using (var request = new HttpRequestMessage(HttpMethod.Put, $"/watch-list/{_entry}/pictures/{Guid.NewGuid()}") { Content = new ByteArrayContent(Jpeg) })
        using (var second = await Officer.SendAsync(request, Ct)) Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal("409 watchentry.unread", await (await Lead.Ask("POST", $"/watch-list/{_entry}/approved")).Refusal());
        await Lead.Get<WatchedPerson>($"/watch-list/{_entry}/person");
        await Lead.Do("POST", $"/watch-list/{_entry}/approved");
    }

    [Fact]
    public async Task A_venue_is_not_told_even_that_something_moved()
    {
        using var changes = await _scene.AsOwner.Listen();
        await Approved();
        await Running();
        var told = Candidate((await _scene.AsProbe.Get<ListCopy[]>($"/probe/watch-lists?operations={_operation}"))[0].Threshold);
        await _scene.AsProbe.Do("POST", "/probe/face-candidates", told);
        await _scene.AsOwner.Do("PUT", $"/venues/{_scene.Venue}/capacity", new Domain.Venues.VenueCommand.SetCapacity(311));
        var heard = new List<string>();
        while (heard is not [.., var last] || !last.Contains("\"venue-card\"", StringComparison.Ordinal)) heard.Add((await changes.Next())!.Data);
        Assert.DoesNotContain(heard, data => data.Contains("watch-entry", StringComparison.Ordinal) || data.Contains("watch-operation", StringComparison.Ordinal) || data.Contains("face-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Faces_are_compared_in_the_hours_of_the_basis_only()
    {
        await Approved();
        await Based(new(new(22, 0), new(4, 0)));
        Assert.Equal("400 watchoperation.hours-outside hours", await (await Officer.Ask("PUT", $"/watch-operations/{_operation}", Plan)).Refusal());
        Assert.Equal("400 watchoperation.hours-outside hours", await (await Officer.Ask("PUT", $"/watch-operations/{_operation}", Plan with { Hours = new(new(21, 59), new(3, 0)) })).Refusal());
        await Officer.Do("PUT", $"/watch-operations/{_operation}", Plan with { Hours = new(new(23, 0), new(4, 0)) });
    }

    async Task Approved(byte[]? another = null)
    {
        await Officer.Do("PUT", $"/watch-list/{_entry}", Proposal);
        using (var put = await Put(Jpeg)) Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        if (another is not null)
            using (var put = await Put(another, id: Guid.NewGuid())) Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("409 watchentry.own", await (await _house.As(_officer, "operator", "supervisor").Ask("POST", $"/watch-list/{_entry}/approved")).Refusal());
        Assert.Equal("409 watchentry.unread", await (await Lead.Ask("POST", $"/watch-list/{_entry}/approved")).Refusal());
        await Lead.Get<WatchedPerson>($"/watch-list/{_entry}/person");
        await Lead.Do("POST", $"/watch-list/{_entry}/approved");
    }

    async Task<HttpResponseMessage> Put(byte[] bytes, HttpClient? by = null, Guid? id = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/watch-list/{_entry}/pictures/{id ?? _picture}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("image/jpeg");
        return await (by ?? Officer).SendAsync(request, Ct);
    }

    Task<CommandAnswer> Based(HoursOfDay? hours = null) => _scene.AsAuthority.Do("PUT", $"/venues/{_scene.Venue}/detector-bases/{_basis}", new DetectorBasisCommand.Grant(
        _basis, _scene.Venue, Detector.WatchList, "Art. 17", "Wanted persons", [_scene.Camera], hours ?? HoursOfDay.All, _now, _now.AddDays(90), new("Assessment", "1", new('a', 64)), "AI-2", RiskDegree.High));

    async Task Running(DateTimeOffset? until = null)
    {
        await Based();
        await Officer.Do("PUT", $"/watch-operations/{_operation}", Plan with { Until = until ?? Plan.Until });
        var size = await Lead.Get<ListSize>($"/watch-operations/{_operation}/size");
        Assert.Equal((1, 166, 0.15), (size.Listed, size.Longest, Math.Round(size.FalseCandidates, 2)));
        var done = await Lead.Do("POST", $"/watch-operations/{_operation}/approved", new WatchOperationCommand.Approve(size.Listed));
        await _house.Services.GetRequiredService<ViewProgress>().WaitFor(done.Position, TimeSpan.FromSeconds(20), Ct);
        await _scene.AsProbe.Get<Assignments>("/probe/assignments");
    }

    CandidateTold Candidate(double threshold) => new(
        Guid.NewGuid(), _operation, _entry, _scene.Camera, _house.Clock.GetUtcNow(), _house.Clock.GetUtcNow(), new(true, 0), threshold + 0.1, threshold, new("faces", Model, threshold, new('b', 64)), 3, 31, Jpeg, 9, 1);
}
