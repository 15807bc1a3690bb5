using System.Net;
using System.Text;
using Compliance.Api.Register;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Licences;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Register;

/// <summary>What anybody may read, without signing in.</summary>
public sealed class PublicDoorTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<(Scene Scene, LicenceScene Licence)> Granted(House house)
    {
        var scene = await Scene.In(house);
        var licence = new LicenceScene(house, scene);
        await scene.AsOwner.Get<LicenceCard>(licence.Path, await licence.Grant());
        return (scene, licence);
    }

    [Fact]
    public async Task The_door_says_state_conditions_and_until_when_the_probe_vouches()
    {
        var (scene, licence) = await Granted(House);
        using var anybody = House.CreateClient();
        var number = (await licence.Card()).State.Held!.Number;
        var before = await anybody.Get<DoorPage>($"/public/venues/{number}");
        Assert.Equal((CertificateState.InForce, null, false), (before.State, before.VerifiedAt, before.IsVerifiedNow));
        Assert.Equal([LicenceScene.Quiet], before.Conditions);

        using var changes = await scene.AsOwner.Listen();
        Assert.Equal([null], await scene.Tell(scene.Saw(Verdict.Online, House.Clock.GetUtcNow())));
        await changes.Until("device-card");
        var now = await anybody.Get<DoorPage>($"/public/venues/{scene.Venue}");
        Assert.True(now.IsVerifiedNow);
        Assert.Equal((0, 0L), (now.VerifiedAt!.Value.Second, now.VerifiedAt.Value.Ticks % TimeSpan.TicksPerSecond));
        House.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((now.VerifiedAt, false), ((await anybody.Get<DoorPage>($"/public/venues/{scene.Venue}")) is var later ? (later.VerifiedAt, later.IsVerifiedNow) : default));
    }

    [Fact]
    public async Task Nothing_of_a_person_or_a_device_is_in_it()
    {
        var (scene, licence) = await Granted(House);
        using var anybody = House.CreateClient();
        foreach (var path in (string[])[$"/public/venues/{scene.Venue}", "/public/register", "/public/register.csv", "/public/register.json"])
        {
            using var answer = await anybody.Ask("GET", path);
            var text = await answer.Content.ReadAsStringAsync(Ct);
            Assert.Contains("public", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.All((string[])[$"{scene.Owner}", $"{scene.Manager}", $"{scene.Camera}", "rtsp", "кіреберіс", LicenceScene.Why, "user:"],
                secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Open_orders_are_counted_however_many_and_neither_those_over_nor_other_duties()
    {
        var (scene, _) = await Granted(House);
        using var anybody = House.CreateClient();
        for (var i = 0; i < 23; i++) await Arise(House, scene, new DutySource.OfFinding(Guid.NewGuid(), Guid.NewGuid()), over: false);
        await Arise(House, scene, new DutySource.OfRule("kz-nightclub-2025-2026", "0.1.1"), over: false);
        var last = await Arise(House, scene, new DutySource.OfFinding(Guid.NewGuid(), Guid.NewGuid()), over: true);
        Assert.Equal(23, (await anybody.Get<DoorPage>($"/public/venues/{scene.Venue}", new(last.Revision, last.Position))).OpenOrders);
    }

    static async Task<Appended> Arise(House house, Scene scene, DutySource source, bool over)
    {
        var (id, now) = (Guid.NewGuid(), house.Clock.GetUtcNow());
        DutyEvent[] facts = [new DutyEvent.Arose(id, scene.Venue, source, new("KZ.CAM.017", Severity.Major, Wording.Recommended, false, null), now, now)];
        if (over) facts = [.. facts, new DutyEvent.Verified(id, scene.Venue, VerifiedBy.Inspector, "Seen.", now)];
        return (await house.Services.GetRequiredService<IEventLog>().Append(new("duty", id), -1, facts, new(Guid.NewGuid(), "test"), Ct))!;
    }

    [Fact]
    public async Task A_suspended_certificate_is_said_to_be_suspended_and_its_owner_may_reply_and_take_it_back()
    {
        var (scene, licence) = await Granted(House);
        using var anybody = House.CreateClient();
        await licence.Rule("suspended", new LicenceCommand.Suspend(null, null, LicenceScene.Why));
        await scene.AsOwner.Do("PUT", $"{licence.Path}/reply", new ReplyWords("Біз жөндедік."));
        var replied = await scene.AsOwner.Do("PUT", $"{licence.Path}/reply", new ReplyWords(" Есік ашық. "));
        var page = await anybody.Get<DoorPage>($"/public/venues/{scene.Venue}", replied);
        Assert.Equal((CertificateState.Suspended, "Есік ашық."), (page.State, page.Reply));
        var withdrawn = await scene.AsOwner.Do("POST", $"{licence.Path}/reply/withdrawn", new { });
        Assert.Null((await anybody.Get<DoorPage>($"/public/venues/{scene.Venue}", withdrawn)).Reply);
        Assert.Equal("400 licence.reply-length text", await (await scene.AsOwner.Ask("PUT", $"{licence.Path}/reply", new ReplyWords(new('x', 501)))).Refusal());
    }

    [Fact]
    public async Task An_old_sheet_at_the_door_is_known_for_one()
    {
        var (scene, licence) = await Granted(House);
        using var anybody = House.CreateClient();
        var old = (await licence.Card()).State.Held!.Number;
        await licence.Rule("revoked", new LicenceCommand.Revoke(LicenceScene.Why));
        var anew = new LicenceScene(House, scene);
        var granted = await anew.Grant();
        var page = await anybody.Get<DoorPage>($"/public/venues/{old.Replace('-', ' ')}", granted);
        Assert.Equal((old, CertificateState.InForce), (page.AskedNumber, page.State));
        Assert.NotEqual(old, page.Number);
    }

    [Theory, InlineData("2026-4170382-61"), InlineData("nothing"), InlineData("00000000-0000-0000-0000-000000000001")]
    public async Task What_is_not_there_is_not_found(string key)
    {
        using var anybody = House.CreateClient();
        Assert.Equal("404 licence.number-unknown", await (await anybody.Ask("GET", $"/public/venues/{key}")).Refusal());
    }

    [Fact]
    public async Task The_register_finds_by_a_part_of_what_it_shows()
    {
        await using var house = new House();
        await Granted(house);
        using var anybody = house.CreateClient();
        foreach (var (search, found) in ((string, int)[])[("жулдыз", 1), ("ЖҰЛДЫЗ абай", 1), ("звезд", 1), ("990140000384", 1), ("бостандык", 1), ("луна", 0)])
            Assert.Equal((search, found), (search, (await anybody.Get<Page<RegisterEntry>>($"/public/register?search={Uri.EscapeDataString(search)}")).Items.Count));
    }

    [Fact]
    public async Task The_open_data_has_the_columns_it_promises_and_nothing_that_runs()
    {
        await using var house = new House();
        var (scene, licence) = await Granted(house);
        using var anybody = house.CreateClient();
        var corrected = await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/details", new VenueCommand.CorrectDetails(Scene.Details with { NameRu = "=1+1", Address = "Абай \"A\", 1" }));
        await anybody.Get<Page<RegisterEntry>>("/public/register", corrected);
        using var csv = await anybody.Ask("GET", "/public/register.csv");
        var bytes = await csv.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal([.. Encoding.UTF8.Preamble], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal(string.Join(',', Export.Columns), lines[0]);
        Assert.StartsWith($"{scene.Venue},Жұлдыз,'=1+1,990140000384,\"Абай \"\"A\"\", 1\",Бостандық,InForce,false,{(await licence.Card()).State.Held!.Number},", lines[1], StringComparison.Ordinal);
        Assert.Equal(("", 3), (lines[^1], lines.Length));
        using var json = await anybody.Ask("GET", "/public/register.json");
        Assert.Equal(Export.Columns, (await json.Json())[0].EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void The_columns_are_the_documented_ones()
    {
        var documented = File.ReadAllLines(Path.Combine(Checkout.Root, "docs/open-data.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(Export.Columns, documented);
    }

    [Fact]
    public async Task Pages_follow_one_another_and_a_foreign_cursor_is_refused()
    {
        await using var house = new House();
        await Granted(house);
        using var anybody = house.CreateClient();
        var second = await Scene.In(house);
        var both = await anybody.Get<Page<RegisterEntry>>("/public/register?limit=1", await new LicenceScene(house, second).Grant());
        var rest = await anybody.Get<Page<RegisterEntry>>($"/public/register?limit=1&after={both.Next}");
        Assert.Equal((2, null), (both.Items.Concat(rest.Items).DistinctBy(e => e.VenueId).Count(), rest.Next));
        using var odd = await anybody.Ask("GET", "/public/register?after=zebra");
        Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
    }
}
