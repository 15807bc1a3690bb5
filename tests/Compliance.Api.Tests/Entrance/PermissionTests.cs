using System.Net;
using System.Text.RegularExpressions;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;

namespace Compliance.Api.Tests.Entrance;

/// <summary>
/// Law 7: every role knocks on every door, and what it meets stands in permissions.txt: <c>+</c> passes, <c>o</c> passes only
/// at a venue where it holds that post, <c>.</c> is turned away. A new line is written with PERMISSIONS=1 and read by people.
/// </summary>
public sealed class PermissionTests
{
    static readonly string[] Roles =
        ["nobody", "owner", "manager", "installer", "inspector", "operator", "supervisor", "authority", "oversight", "administrator", "probe", "centre"];

    [Fact]
    public async Task Every_role_meets_at_every_door_what_the_table_says()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var notice = await scene.NoticeOfABlockedExit();
        var outage = (await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items[0].OutageId!.Value;
        var things = new Things(notice, outage, await scene.AskForMaintenance(), await scene.Visit(), await scene.OpenCase(), await scene.AskForFootage());
        List<string> table = [$"{"",-55}{string.Join(' ', Roles)}"];
        foreach (var door in Doors.Table)
        {
            var path = Filled(door.Path, scene, things);
            var marks = new List<string>();
            foreach (var role in Roles) marks.Add((await Mark(house, scene, door.Verb, path, role)).PadRight(role.Length));
            table.Add($"{door.Verb,-5}{door.Path.Replace(":guid", "", StringComparison.Ordinal),-50}{string.Join(' ', marks).TrimEnd()}");
        }

        var file = Path.Combine(Checkout.Root, "tests/Compliance.Api.Tests/Entrance/permissions.txt");
        if (Environment.GetEnvironmentVariable("PERMISSIONS") == "1") await File.WriteAllLinesAsync(file, table, TestContext.Current.CancellationToken);
        else Assert.Equal(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken), table);
    }

    [Fact]
    public void Every_door_says_who_may_pass() => Assert.All(Doors.Table, door => Assert.NotEqual(Api.Entrance.Who.Nobody, door.Who));

    [Fact]
    public void No_door_stands_twice() => Assert.Distinct(Doors.Table.Select(door => (door.Verb, door.Path)));

    static async Task<string> Mark(House house, Scene scene, string verb, string path, string role)
    {
        using var stranger = role switch
        {
            "nobody" => house.CreateClient(),
            "probe" => scene.AsProbe,
            "centre" => house.AsCentre(Guid.NewGuid()),
            _ => house.As(Guid.NewGuid(), role),
        };
        if (await Passes(stranger, verb, path)) return "+";
        if (role is not ("owner" or "manager" or "installer")) return ".";
        using var holder = house.As(role switch { "owner" => scene.Owner, "manager" => scene.Manager, _ => scene.Installer }, role);
        return await Passes(holder, verb, path) ? "o" : ".";
    }

    /// <summary>Whatever a door answers to an empty body, it is not "who are you" and not "not you".</summary>
    static async Task<bool> Passes(HttpClient client, string verb, string path)
    {
        using var answer = await client.Ask(verb, path, verb == "GET" ? null : new { });
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        return answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
    }

    /// <summary>What stands at the venue, for the paths.</summary>
    sealed record Things(Guid Notice, Guid Outage, Guid Window, Guid Visit, Guid Case, Guid Footage);

    static string Filled(string path, Scene scene, Things things) => Regex.Replace(path, @"\{(\w+):guid\}", id => $"{id.Groups[1].Value switch
    {
        "venueId" => scene.Venue,
        "deviceId" => scene.Camera,
        "noticeId" => things.Notice,
        "inspectionId" => things.Visit,
        "outageId" => things.Outage,
        "dutyId" => scene.Duty,
        "caseId" => things.Case,
        "requestId" => things.Footage,
        "maintenanceId" => things.Window,
        "probeId" => scene.Probe,
        "subjectId" => scene.Manager,
        _ => Guid.NewGuid(),
    }}");
}
